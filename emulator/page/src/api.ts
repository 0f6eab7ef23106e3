/** What the control API answers; docs/emulator-page.md lists the routes. */
export interface Clock {
  dateTime: string;
  aheadMs: number;
}
export interface Info {
  version: string;
  profile: string;
  graphEndpoint: string;
  tenants: { tenantId: string; clientIds: string[] }[];
  clock: Clock;
  quota: boolean;
  requests: { lastIndex: number };
}
export interface PolicyCounts {
  id: string;
  displayName: string | null;
  "@odata.type"?: string;
  counts: Record<string, number>;
}
export interface DeviceStatusRow {
  id: string;
  deviceCompliancePolicyId: string;
  policyDisplayName: string | null;
  deviceDisplayName: string | null;
  userPrincipalName: string | null;
  deviceModel: string | null;
  status: string;
  complianceGracePeriodExpirationDateTime: string;
  lastReportedDateTime: string;
}
export interface JournalEntry {
  index: number;
  receivedDateTime: string;
  method: string;
  path: string;
  query: string;
  requestBody?: unknown;
  status: number | "dropped";
  durationMs: number;
  fault?: string;
}
export interface CountedFault {
  rule: {
    match?: { method?: string; path?: string };
    skip?: number;
    times?: number;
    probability?: number;
    fault: object;
  };
  seen: number;
  struck: number;
}
export interface ListOf<Value> {
  value: Value[];
}

/** A query string of what is defined. */
export function withQuery(path: string, options: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** @throws {Error} with the emulator's own message, or one that says it does not answer. */
export async function call<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(messageOf(answer) ?? `${method} ${path} was answered with ${response.status}.`);
  return answer as Answer;
}

function messageOf(answer: unknown): string | undefined {
  return (answer as { error?: { message?: string } } | undefined)?.error?.message;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
