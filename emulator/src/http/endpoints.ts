import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { isHostName } from "../options";
import type { Settings } from "../options";
import { StartError } from "../startError";
import { codeOf, reasonOf } from "../thrown";
import { makeServerCertificate } from "./serverCertificate";
import type { HttpServer } from "./server";
import { TUNNELLED_HOSTS } from "./tunnel";

/** The same emulator behind TLS. */
export interface HttpsEndpoint {
  readonly graphEndpoint: string;
  readonly authority: string;
  readonly port: number;
  /** What clients are to trust (NODE_EXTRA_CA_CERTS, curl --cacert, …): made at this start, good for this run only. */
  readonly caCertificatePem: string;
}

export interface Endpoints {
  readonly port: number;
  readonly graphEndpoint: string;
  readonly https: HttpsEndpoint | undefined;
}

/** Listens on the ports the settings name. @throws {StartError} when one of them, or the file for the certificate, cannot be had. */
export async function openEndpoints(server: HttpServer, settings: Settings): Promise<Endpoints> {
  const { host, port, httpsPort } = settings;
  const plainPort = await opened(server.listen(port, host), { port, host, flag: "--port" });
  const graphEndpoint = `http://${reachable(host)}:${plainPort}`;
  if (!settings.https) return { port: plainPort, graphEndpoint, https: undefined };
  const certificate = await makeServerCertificate(certificateHosts(settings));
  const listening = server.listenTls(httpsPort, host, certificate);
  const tlsPort = await opened(listening, { port: httpsPort, host, flag: "--https-port" });
  const { caCertificatePem } = certificate;
  if (settings.caCertificatePath !== undefined) writeCertificate(settings.caCertificatePath, caCertificatePem);
  const address = `https://${reachable(host)}:${tlsPort}`;
  const https = { graphEndpoint: address, authority: address, port: tlsPort, caCertificatePem };
  return { port: plainPort, graphEndpoint, https };
}

async function opened(
  listening: Promise<number>,
  { port, host, flag }: { port: number; host: string; flag: string },
): Promise<number> {
  try {
    return await listening;
  } catch (error) {
    const code = codeOf(error);
    const where = `port ${port} on ${host}`;
    if (code === "EADDRINUSE")
      throw new StartError(`${where} is taken: stop what uses it, or choose another with ${flag} (0: any free one)`);
    if (code === "EACCES")
      throw new StartError(`${where} needs privileges: choose one from 1024 up with ${flag} (0: any free one)`);
    throw new StartError(`cannot listen on ${where} (${reasonOf(error)}): choose another host or port`);
  }
}

/** How this machine itself gets there: what listens on every address is on loopback too. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/** All names by which a client may think to have reached the emulator, those it stands in for included. */
function certificateHosts({ host, httpsHosts, allowRemoteConnections }: Settings): string[] {
  const own = ["localhost", "127.0.0.1", "::1", host, ...httpsHosts];
  // A name with signs that no certificate can hold is no name clients use.
  if (allowRemoteConnections && isHostName(hostname())) own.push(hostname());
  return [...new Set([...own, ...TUNNELLED_HOSTS])];
}

function writeCertificate(path: string, pem: string): void {
  try {
    writeFileSync(path, pem);
  } catch (error) {
    throw new StartError(
      `the CA certificate cannot be written to ${resolve(path)} (${reasonOf(error)}): choose another file with --ca-certificate`,
    );
  }
}
