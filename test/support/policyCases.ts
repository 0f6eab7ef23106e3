export type Row = Readonly<Record<string, unknown>>;
export type Rows = Readonly<Record<string, Row>>;

/** Inputs that no rule has anything to say of. */
export const ROW: Row = {
  deviceDisplayName: "FIXTURE-1",
  userName: "Fixture Ann",
  userPrincipalName: "ann@fixtures.example",
  platform: 0,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-02T03:04:05Z",
  complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
};
/** A row with a fault that the provider's check would see too: declared by a program that does not use it. */
export const unchecked = (change: Row): Row => ({ ...ROW, ...change, checked: false });

interface Case {
  readonly rule: string;
  readonly rows: Rows;
  readonly config?: Readonly<Record<string, unknown>>;
  /** A part of the finding; the CLI breaks no lines when it is not at a terminal. */
  readonly finding: string;
  /** How many rows an update has made when it stops; undefined for a rule that sees the stack after the fact alone. */
  readonly madeBefore?: number;
}

const TWINS: Rows = { one: ROW, two: { ...ROW, after: "one" } };
export const PAIR: Rows = { one: ROW, two: { ...ROW, deviceDisplayName: "FIXTURE-2", after: "one" } };

/** Each rule of the pack violated by one small program. */
export const CASES: readonly Case[] = [
  {
    rule: "DCS001",
    rows: { row: unchecked({ status: "inGracePeriod" }) },
    finding: 'status is "inGracePeriod" (string), which is not a complianceStatus value. Did you mean "nonCompliant"?',
    madeBefore: 0,
  },
  {
    rule: "DCS002",
    rows: { row: unchecked({ platform: null }) },
    finding: "platform is null, but it is required.",
    madeBefore: 0,
  },
  {
    rule: "DCS003",
    rows: { row: unchecked({ lastReportedDateTime: "2026-02-30T00:00:00Z" }) },
    finding: "it names day 30 of 2026-02, which does not exist.",
    madeBefore: 0,
  },
  {
    rule: "DCS004",
    rows: { row: unchecked({ platform: "0" }) },
    finding: "platform is a string of 1 character, which is no Edm.Int32.",
    madeBefore: 0,
  },
  {
    rule: "DCS005",
    rows: { row: { ...ROW, lastReportedDateTime: "2098-01-01T00:00:00Z" } },
    finding: 'lastReportedDateTime is "2098-01-01T00:00:00Z" (string), which lies in the future.',
    madeBefore: 0,
  },
  {
    rule: "DCS006",
    rows: { row: { ...ROW, userPrincipalName: "ann canary@fixtures.example" } },
    finding: "userPrincipalName holds blanks.",
    madeBefore: 0,
  },
  {
    rule: "DCS007",
    rows: { row: { ...ROW, deviceDisplayName: "CANARY-LAPTOP" } },
    config: { "synthetic-identities": "mandatory" },
    finding: "deviceDisplayName begins with none of the prefixes of test names.",
    madeBefore: 0,
  },
  {
    rule: "DCS008",
    rows: { row: { ...ROW, deviceModel: "Password=canary-canary" } },
    finding: "deviceModel holds what looks like a connection string.",
    madeBefore: 0,
  },
  {
    rule: "DCS009",
    rows: { row: ROW },
    config: { "tenant-guard": { allowedTenants: ["fixtures.example"] } },
    finding: "intune:tenantId is a tenant that the option allowedTenants does not list.",
    madeBefore: 0,
  },
  {
    rule: "DCS010",
    rows: { row: ROW },
    config: { "graph-endpoint": { allowLoopback: false } },
    finding: "intune:graphEndpoint is this machine, which the option allowLoopback rules out.",
    madeBefore: 0,
  },
  { rule: "DCS011", rows: TWINS, finding: 'are those of the fixture "one".', madeBefore: 1 },
  {
    rule: "DCS012",
    rows: PAIR,
    config: { "fixture-budget": { maxPerStack: 1 } },
    finding: "and the option maxPerStack allows 1.",
    madeBefore: 1,
  },
  {
    rule: "DCS013",
    rows: { row: ROW },
    config: { "status-coverage": { enforcementLevel: "mandatory", required: ["compliant"] } },
    finding: "The stack holds no fixture with status compliant.",
  },
  {
    rule: "DCS014",
    rows: { "a row": ROW },
    config: { naming: "mandatory" },
    finding: "The logical name does not match the option pattern.",
    madeBefore: 0,
  },
  {
    rule: "DCS015",
    rows: { row: ROW },
    config: { "exemption-hygiene": { exemptions: [{ policy: "no-secrets", match: "row" }] } },
    finding: "Exemption 1 has no reason.",
    madeBefore: 0,
  },
  {
    rule: "DCS016",
    rows: { row: ROW },
    config: { "tenant-gaurd": "mandatory" },
    finding: '"tenant-gaurd" (string) is no policy of this pack. Did you mean "tenant-guard"?',
    madeBefore: 0,
  },
];
