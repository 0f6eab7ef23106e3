import fc from "fast-check";
import { DOCUMENTED_REQUEST, NEW_POLICY, POLICIES, statusOf } from "./graphClient";

const BATCH = "/beta/$batch";
const STATUSES = `${POLICIES}/fuzz/deviceStatuses`;
const NEVER = "/beta/never";

/** Requests the emulator takes. Rules and times are such that the run goes on undisturbed. */
const REQUESTS: readonly (readonly [method: string, target: string, document: unknown])[] = [
  ["POST", POLICIES, NEW_POLICY],
  ["POST", STATUSES, DOCUMENTED_REQUEST],
  ["POST", STATUSES, statusOf("d")],
  ["PATCH", `${STATUSES}/row`, { status: "error" }],
  ["POST", "/_emulator/faults", { match: { method: "GET", path: NEVER }, skip: 1, times: 1, fault: { delayMs: 1 } }],
  ["POST", "/_emulator/faults", { match: { path: NEVER }, probability: 0.5, fault: { throttle: { form: "integer" } } }],
  ["POST", "/_emulator/faults", { match: { path: NEVER }, fault: { outOfBand: { set: { status: "error" } } } }],
  ["POST", "/_emulator/faults", { match: { path: NEVER }, fault: { status: 503, headers: { a: "b" }, body: {} } }],
  [
    "POST",
    "/_emulator/requests/assert",
    { match: { method: "GET", path: "/beta/**", body: { a: 1 } }, times: { min: 0 } },
  ],
  ["POST", "/_emulator/clock", { advance: "PT0S" }],
  ["POST", "/_emulator/clock", { dateTime: "2026-01-02T03:04:05Z" }],
  ["PUT", "/_emulator/profile", { profile: "documented" }],
  ["POST", "/_emulator/seed", { deviceStatuses: [{ policyDisplayName: "P", status: "error" }] }],
  ["POST", "/_emulator/seed", { deviceCompliancePolicies: [{ id: "fuzz", displayName: "P" }] }],
  [
    "PUT",
    "/_emulator/snapshot",
    {
      formatVersion: 1,
      tenantId: "t",
      collections: {
        deviceCompliancePolicies: [{ id: "fuzz", "@odata.type": "#microsoft.graph.x", displayName: "P" }],
      },
    },
  ],
  ["POST", BATCH, { requests: [{ id: "1", method: "GET", url: "/deviceManagement/deviceCompliancePolicies" }] }],
  [
    "POST",
    BATCH,
    { requests: [{ id: "1", method: "POST", url: "/x", headers: { "content-type": "application/json" }, body: {} }] },
  ],
];

const special = fc.constantFrom<unknown>(
  ...[null, "", -1, 0, 2 ** 53, 1e308, true, [], {}, "\u0000", "\ud800", "ö".repeat(2_000), "constructor", "a/b", ".."],
  "*".repeat(900),
);
const value = fc.oneof(special, fc.jsonValue(), fc.string(), fc.double().map(String));

/** Every place in a document. */
function places(document: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof document !== "object" || document === null) return [path];
  return [path, ...Object.entries(document).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

function replaced(document: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const inner = (document as Record<string, unknown>)[name];
  return Array.isArray(document)
    ? document.map((one: unknown, index) => (String(index) === name ? replaced(one, rest, by) : one))
    : { ...(document as object), [name]: replaced(inner, rest, by) };
}

/** One of the requests with one place of its document changed, or, seldom, none. */
export const nearlyRight = fc
  .tuple(fc.constantFrom(...REQUESTS), fc.nat(), value, fc.nat(9))
  .map(([[method, target, document], place, by, tenth]) => {
    const all = places(document);
    const changed = tenth === 0 ? document : replaced(document, all[place % all.length] ?? [], by);
    return { method, target, text: JSON.stringify(changed) };
  });
