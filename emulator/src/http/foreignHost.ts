import { isIP } from "node:net";
import type { Settings } from "../options";
import { isOwnPath, jsonAnswer } from "./exchange";
import type { Answer, EmulatorRequest } from "./exchange";

/**
 * DNS rebinding: a web page on a name that its owner lets resolve to 127.0.0.1 could read and change everything through the emulator's
 * own paths, which ask for no token. Such a request tells the name in `Host`; an address, or a name only this machine gives out (RFC 6761
 * section 6.3), cannot be rebound. Where remote connections are allowed, any name may be one of the machine's.
 * @returns the refusal; undefined when the request may pass
 */
export function refuseForeignHost({ origin }: EmulatorRequest, path: string, settings: Settings): Answer | undefined {
  if (settings.allowRemoteConnections || !isOwnPath(path)) return undefined;
  const host = hostOf(origin);
  if (host === "localhost" || host.endsWith(".localhost") || isIP(host) !== 0) return undefined;
  const message = `${path} is not served to the host ${host}: reach it as 127.0.0.1 or localhost.`;
  return jsonAnswer(403, { error: { code: "ForeignHost", message } });
}

/** Without scheme, port and the brackets of an IPv6 address. */
function hostOf(origin: string): string {
  const authority = origin.replace(/^https?:\/\//, "").toLowerCase();
  return /^\[([^\]]*)\]/.exec(authority)?.[1] ?? authority.replace(/:\d*$/, "");
}
