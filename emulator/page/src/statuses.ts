/** The members of complianceStatus, worst news last, each with a sign of its own so that colour is never the only difference. */
export const STATUSES = [
  { name: "compliant", sign: "✓" },
  { name: "remediated", sign: "↻" },
  { name: "notApplicable", sign: "–" },
  { name: "notAssigned", sign: "○" },
  { name: "unknown", sign: "?" },
  { name: "conflict", sign: "≠" },
  { name: "error", sign: "!" },
  { name: "nonCompliant", sign: "✕" },
] as const;

export function signOf(status: string): string {
  return STATUSES.find(({ name }) => name === status)?.sign ?? "·";
}

/** `#microsoft.graph.windows10CompliancePolicy` → `windows10`. */
export function platformOf(odataType: string | undefined): string {
  return (odataType ?? "").replace(/^#microsoft\.graph\./, "").replace(/CompliancePolicy$/, "");
}

/** A date as people read it; .NET's first and last year mean "never". */
export function dateTimeText(dateTime: string): string {
  if (dateTime.startsWith("9999-") || dateTime.startsWith("0001-")) return "never";
  const date = new Date(dateTime);
  if (Number.isNaN(date.getTime())) return dateTime;
  return date
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
}
