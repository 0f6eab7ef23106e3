/** Signs in with MSAL, by secret and by certificate, and reads the policies with each token. Prints what came of it. */
import { createHash, X509Certificate } from "node:crypto";
import { ConfidentialClientApplication } from "@azure/msal-node";

const { AUTHORITY, GRAPH_ENDPOINT, TENANT_ID, CLIENT_ID, CLIENT_SECRET, CERTIFICATE, PRIVATE_KEY } = process.env;
const { host } = new URL(AUTHORITY);

async function signIn(proof) {
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `${AUTHORITY}/${TENANT_ID}`,
      // Without it MSAL asks Microsoft whether the authority is one; of Microsoft's own it asks the authority itself.
      ...(host === "login.microsoftonline.com" ? {} : { knownAuthorities: [host] }),
      ...proof,
    },
  });
  const request = { scopes: ["https://graph.microsoft.com/.default"] };
  const first = await application.acquireTokenByClientCredential(request);
  const second = await application.acquireTokenByClientCredential(request);
  const { status } = await fetch(`${GRAPH_ENDPOINT}/beta/deviceManagement/deviceCompliancePolicies`, {
    headers: { authorization: `${first.tokenType} ${first.accessToken}` },
  });
  return { status, fromCache: [first.fromCache, second.fromCache] };
}

const thumbprintSha256 = createHash("sha256").update(new X509Certificate(CERTIFICATE).raw).digest("hex");
const clientCertificate = { thumbprintSha256, privateKey: PRIVATE_KEY };
const secret = await signIn({ clientSecret: CLIENT_SECRET });
const certificate = await signIn({ clientCertificate });
process.stdout.write(JSON.stringify({ secret, certificate }));
