import type { EmulatorRequest } from "../http/exchange";

/**
 * The form of a token request; what stands in `Authorization: Basic` instead (RFC 6749 section 2.3.1) is added to it. Go's oauth2
 * library asks in that way first. The form goes before: identity platform page "v2-oauth2-client-creds-grant-flow" names it first.
 */
export function clientCredentials({ body, headers }: EmulatorRequest): URLSearchParams {
  const form = new URLSearchParams(body?.toString("utf8") ?? "");
  const basic = /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(headers.authorization ?? "")?.[1];
  if (basic === undefined) return form;
  const [clientId = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  const given = { client_id: clientId, client_secret: secret.join(":") };
  for (const [name, value] of Object.entries(given)) if (!form.has(name)) form.set(name, formDecoded(value));
  return form;
}

/** Both halves are encoded as in a form, which also means "+" for a blank. */
function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll("&", "%26")}`).get("value") ?? "";
}
