/** True for an origin that never leaves this machine, the only place plain http may go to. */
export function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/** True for an address of this link (RFC 3927), where clouds serve a machine its own identity over plain http. */
const isLinkLocal = (url: URL): boolean => /^169\.254\.\d+\.\d+$/.test(url.hostname);

export interface AddressRule {
  /** Whether a query may be part of it. */
  readonly query?: boolean;
  /** Whether plain http may go to this link too. */
  readonly linkLocal?: boolean;
}

/** Why a setting cannot be an address that secrets travel to; undefined if it can. */
export function addressFault(text: string, rule: AddressRule = {}): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return "is no http or https URL";
  if (url.username !== "" || url.password !== "") return "holds a user name or password; take them out";
  if (rule.query !== true && (url.search !== "" || url.hash !== "")) {
    return "holds a query or fragment; give the address alone";
  }
  if (url.protocol === "http:" && !isLoopback(url) && !(rule.linkLocal === true && isLinkLocal(url))) {
    return "uses http to another machine; tokens travel over https only";
  }
  return undefined;
}
