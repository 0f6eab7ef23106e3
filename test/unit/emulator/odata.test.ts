import fc from "fast-check";
import { GraphError } from "../../../emulator/src/graph/graphError";
import { deviceComplianceDeviceStatus as type } from "../../../emulator/src/model/deviceComplianceDeviceStatus";
import type { Entity } from "../../../emulator/src/model/entityType";
import { parseFilter } from "../../../emulator/src/odata/filter";
import { parseOrderBy } from "../../../emulator/src/odata/orderBy";

const ROW: Entity = {
  id: "a",
  deviceDisplayName: "O'Brien's laptop",
  userName: null,
  deviceModel: "Model (2)",
  platform: 3,
  complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  status: "nonCompliant",
  lastReportedDateTime: "2016-12-31T23:56:44.951111-08:00",
  userPrincipalName: "a@contoso.example",
};
const matches = (filter: string): boolean => parseFilter(filter, type, "beta")(ROW);

test.each([
  ["status eq 'nonCompliant'", true],
  ["status eq microsoft.graph.complianceStatus'nonCompliant'", true],
  ["status ne 'nonCompliant'", false],
  ["status gt 'compliant'", true],
  ["platform ge 3 and platform lt 4", true],
  ["platform eq -3", false],
  ["deviceDisplayName eq 'O''Brien''s laptop'", true],
  ["startswith(deviceDisplayName,'O''B') and endswith(deviceModel,'(2)')", true],
  ["contains(deviceModel,'model')", false],
  ["contains(deviceModel,'Model') eq true", true],
  ["contains(deviceModel,'Model') eq false", false],
  ["userName eq null", true],
  ["userName ne null", false],
  ["userName gt 'a' or userName le 'a'", false],
  ["contains(userName,'x')", false],
  ["not contains(userName,'x')", false],
  ["contains(userName,'x') or platform eq 3", true],
  ["not (contains(userName,'x') and platform eq 4)", true],
  ["lastReportedDateTime eq 2017-01-01T07:56:44.9511110Z", true],
  ["lastReportedDateTime lt 2017-01-01T07:56:44.9511111Z", true],
  ["id in ('b','a')", true],
  ["status in ('error', 'conflict')", false],
  ["platform eq 1 or platform eq 2 and platform eq 3", false],
  ["not platform eq 4 and status eq 'nonCompliant'", true],
  ["  ( ( platform eq 3 ) )  ", true],
])("$filter=%s is %s for the row", (filter, expected) => {
  expect(matches(filter)).toBe(expected);
});

test.each([
  ["", "position 0"],
  ["status", "position 6"],
  ["status eq", "a value for 'status'"],
  ["status eq 'noncompliant'", "a value for 'status'"],
  ["status eq graph.complianceStatus'error'", "a value for 'status'"],
  ["status eq 4", "a value for 'status'"],
  ["platform eq 'x'", "a value for 'platform'"],
  ["lastReportedDateTime gt 2020-02-30T00:00:00Z", "a value for 'lastReportedDateTime'"],
  ["lastReportedDateTime gt '2020-02-03T00:00:00Z'", "a value for 'lastReportedDateTime'"],
  ["complianceState eq 'x'", "'complianceState'"],
  ["constructor eq 'x'", "'constructor'"],
  ["(platform eq 3", "where ')' belongs"],
  ["platform eq 3)", "the end"],
  ["platform eq 3 and", "a property"],
  ["length(deviceModel) eq 3", "'length'"],
  ["contains(platform,'3')", "'platform', which is no text"],
  ["deviceModel eq 'x", "syntax error at position 14"],
  ["platform in ()", "a value for 'platform'"],
  ["platform add 3 eq 3", "eq, ne, gt, ge, lt, le or in"],
  [`${"(".repeat(2000)}platform eq 3${")".repeat(2000)}`, "nested more than 50"],
  [`${"not ".repeat(1500)}platform eq 3`, "nested more than 50"],
  [`deviceModel eq '${"x".repeat(9000)}'`, "longer than 8000"],
])("$filter=%.60s is refused and says why", (filter, reason) => {
  expect(() => matches(filter)).toThrow(GraphError);
  expect(() => matches(filter)).toThrow(`Query option '$filter'`);
  expect(() => matches(filter)).toThrow(reason);
});

test("v1.0 has no platform to filter by", () => {
  expect(() => parseFilter("platform eq 3", type, "v1.0")).toThrow(
    "no property of microsoft.graph.deviceComplianceDeviceStatus in v1.0",
  );
});

const row = fc.record({
  id: fc.uuid(),
  platform: fc.integer({ min: -2, max: 2 }),
  status: fc.constantFrom("unknown", "compliant", "error"),
  deviceModel: fc.option(fc.constantFrom("", "a", "ab", "b'")),
});
type Row = { id: string; platform: number; status: string; deviceModel: string | null };
type Case = readonly [filter: string, holds: (row: Row) => boolean];
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const leaf: fc.Arbitrary<Case> = fc.oneof(
  fc
    .tuple(fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le"), fc.integer({ min: -2, max: 2 }))
    .map(([operator, value]): Case => {
      const holds = {
        eq: (n: number) => n === value,
        ne: (n: number) => n !== value,
        gt: (n: number) => n > value,
        ge: (n: number) => n >= value,
        lt: (n: number) => n < value,
        le: (n: number) => n <= value,
      }[operator];
      return [`platform ${operator} ${String(value)}`, ({ platform }) => holds(platform)];
    }),
  fc.constantFrom("unknown", "compliant", "error").map((s): Case => [`status eq '${s}'`, ({ status }) => status === s]),
  fc
    .constantFrom("", "a", "b'")
    .map((text): Case => [`deviceModel eq ${quoted(text)}`, ({ deviceModel }) => deviceModel === text]),
);
const expression = fc.letrec<{ any: Case }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie("any"), tie("any")).map(([[a, f], [b, g]]): Case => [`(${a} and ${b})`, (r) => f(r) && g(r)]),
    fc.tuple(tie("any"), tie("any")).map(([[a, f], [b, g]]): Case => [`(${a} or ${b})`, (r) => f(r) || g(r)]),
    tie("any").map(([a, f]): Case => [`not (${a})`, (r) => !f(r)]),
  ),
})).any;

test("any filter of these parts says what a plain predicate says", () => {
  fc.assert(
    fc.property(expression, row, ([filter, holds], entity) => {
      expect(parseFilter(filter, type, "beta")(entity)).toBe(holds(entity));
    }),
    { numRuns: 3000, seed: 20261125 },
  );
});

test("whatever the text, it is a predicate or a refusal in Graph's form", () => {
  const word = fc.constantFrom(
    "platform",
    "eq",
    "'x'",
    "(",
    ")",
    "and",
    "not",
    "in",
    ",",
    "3",
    "null",
    "status",
    "2020-01-01T00:00:00Z",
    "ß'",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.array(word, { maxLength: 12 }).map((w) => w.join(" ")),
      ),
      (text) => {
        try {
          expect(typeof parseFilter(text, type, "beta")(ROW)).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(GraphError);
        }
      },
    ),
    { numRuns: 10_000, seed: 20261125 },
  );
});

test.each([
  ["platform", ["c", "b", "a"]],
  ["platform desc", ["a", "b", "c"]],
  ["deviceModel asc,platform desc", ["c", "a", "b"]],
  ["status", ["b", "a", "c"]],
])("$orderby=%s", (option, expected) => {
  const rows: Entity[] = [
    { ...ROW, id: "a", platform: 3, deviceModel: "m", status: "compliant" },
    { ...ROW, id: "b", platform: 2, deviceModel: "m", status: "unknown" },
    { ...ROW, id: "c", platform: 1, deviceModel: null, status: "notAssigned" },
  ];
  expect(rows.sort(parseOrderBy(option, type, "beta")).map(({ id }) => id)).toEqual(expected);
});

test.each(["platform up", "", "nothing", "platform desc asc", "platform,"])("$orderby=%s is refused", (option) => {
  expect(() => parseOrderBy(option, type, "beta")).toThrow("Query option '$orderby'");
});
