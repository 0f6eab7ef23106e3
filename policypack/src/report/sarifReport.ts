import { createHash } from "node:crypto";
import { oneLine } from "./messageText";
import { PROVIDER_CHECK, readUrn, type Finding, type Pack, type Report } from "./report";

/**
 * SARIF 2.1.0, a run per pack and one for the provider's check. Undecided rules are results of the kind `open`, exempted
 * ones carry an accepted suppression, remediated ones are `informational`; only `fail` may have a level.
 *
 * @param sourceFile what results point at where the run does not know the program's line: code scanning shows no result
 * without a file.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report, sourceFile: string): string {
  const refused = report.findings.filter(({ pack }) => pack === PROVIDER_CHECK);
  const check: Pack = { name: PROVIDER_CHECK, version: "", rules: rulesOf(refused) };
  const packs = refused.length > 0 || report.packs.length === 0 ? [...report.packs, check] : report.packs;
  const document = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: packs.map((pack) => run(pack, report, sourceFile)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const rulesOf = (findings: readonly Finding[]): Pack["rules"] =>
  [...new Set(findings.map(({ rule }) => rule))].map((name) => ({ name, passed: 0 }));

function run({ name, version, rules }: Pack, { findings, notes, problems }: Report, sourceFile: string) {
  const own = findings.filter(({ pack }) => pack === name);
  const described = new Map(own.map(({ rule, description }) => [rule, description]));
  const names = rules.map((rule) => rule.name);
  return {
    tool: {
      driver: {
        name,
        ...(version === "" ? {} : { version }),
        rules: rules.map((rule) => ({
          id: rule.name,
          ...optional("shortDescription", textOf(rule.description ?? described.get(rule.name))),
          ...optional("helpUri", rule.url),
          ...optional("properties", rule.tags === undefined ? undefined : { tags: rule.tags }),
        })),
      },
    },
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        toolExecutionNotifications: [
          ...notes.map((text) => ({ level: "note", message: { text } })),
          ...problems.map((text) => ({ level: "error", message: { text } })),
        ],
      },
    ],
    results: own.map((finding) => result(finding, names.indexOf(finding.rule), sourceFile)),
  };
}

const KINDS = {
  mandatory: { kind: "fail", level: "error" },
  refused: { kind: "fail", level: "error" },
  advisory: { kind: "fail", level: "warning" },
  exempted: { kind: "fail", level: "note" },
  undecided: { kind: "open", level: "none" },
  remediated: { kind: "informational", level: "none" },
} as const;

function result(finding: Finding, ruleIndex: number, sourceFile: string) {
  const { outcome, rule, severity, urn, message, source } = finding;
  const text = oneLine(message);
  const region = source && { startLine: source.line, startColumn: source.column };
  const { name } = readUrn(urn);
  const logical = urn === "" ? undefined : [{ name, fullyQualifiedName: urn, kind: "resource" }];
  return {
    ruleId: rule,
    ruleIndex,
    ...KINDS[outcome],
    message: { text: urn === "" ? text : `${name}: ${text}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(source?.file ?? sourceFile) },
          ...optional("region", region),
        },
        ...optional("logicalLocations", logical),
      },
    ],
    partialFingerprints: { "urnAndRule/v1": createHash("sha256").update(`${urn}\n${rule}\n${text}`).digest("hex") },
    ...optional("properties", severity === undefined ? undefined : { severity }),
    ...(outcome === "exempted"
      ? { suppressions: [{ kind: "external", status: "accepted", justification: text }] }
      : {}),
  };
}

const textOf = (text: string | undefined) => (text === undefined || text === "" ? undefined : { text });

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
