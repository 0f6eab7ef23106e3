/**
 * Texts that stand in identity properties and name nobody.
 * Sources: the service writes `System account` for an evaluation in the device's own scope; the others are the values of
 * Microsoft's documentation page for creating a deviceComplianceDeviceStatus.
 */
const NOBODY: readonly string[] = [
  "System account",
  "User Principal Name value",
  "User Name value",
  "Device Display Name value",
];

export const namesNobody = (text: string): boolean => NOBODY.includes(text);

/** The part of a UPN or address after its last `@`, in lower case; undefined without one. */
export function domainOf(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  return at < 0 ? undefined : text.slice(at + 1).toLowerCase();
}

/** True for one of the domains and every domain below it. */
export function isWithin(domain: string, domains: readonly string[]): boolean {
  return domains.some((allowed) => {
    const parent = allowed.toLowerCase();
    return domain === parent || domain.endsWith(`.${parent}`);
  });
}
