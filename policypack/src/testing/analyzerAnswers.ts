import {
  EnforcementLevel,
  PolicySeverity,
  PolicyType,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level, PolicyConfiguration } from "./engineConfig";
import { mapEntries } from "./mapEntries";
import type { Properties } from "./wireValues";

export interface Diagnostic {
  readonly policy: string;
  readonly level: Level;
  /** `low`, `medium`, `high`, `critical`, or `unspecified`. */
  readonly severity: string;
  /** The policy's description, a line break, and the finding: what the CLI prints. */
  readonly message: string;
  /** Only from stack policies that named a resource. */
  readonly urn?: string;
}

export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** The policies that had nothing to do with the resource. */
  readonly notApplicable: readonly string[];
}

export interface Remediation {
  readonly policy: string;
  /** All inputs as the policy left them, secrets marked; absent if it could not run. */
  readonly props?: Properties;
  /** Why it could not run, empty if it could. */
  readonly diagnostic: string;
}

export interface PolicyInfo {
  readonly name: string;
  readonly kind: "resource" | "stack";
  readonly level: Level;
  readonly severity: string;
  readonly displayName: string;
  readonly description: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly remediationSteps: string;
  readonly schemaProperties: Readonly<Record<string, unknown>>;
}

export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
  readonly initialConfig: Readonly<Record<string, PolicyConfiguration>>;
}

const nameOf = (members: object, value: number): string =>
  Object.entries(members)
    .find(([, member]) => member === value)?.[0]
    .toLowerCase() ?? `number ${value}`;
const levelOf = (level: number) => nameOf(EnforcementLevel, level) as Level;
const severityOf = (severity: number) => nameOf(PolicySeverity, severity).replace("policy_severity_", "");

export function toAnalysis(response: AnalyzeResponse): Analysis {
  return {
    diagnostics: response.getDiagnosticsList().map((diagnostic) => ({
      policy: diagnostic.getPolicyname(),
      level: levelOf(diagnostic.getEnforcementlevel()),
      severity: severityOf(diagnostic.getSeverity()),
      message: diagnostic.getMessage(),
      ...(diagnostic.getUrn() === "" ? {} : { urn: diagnostic.getUrn() }),
    })),
    notApplicable: response.getNotApplicableList().map((entry) => entry.getPolicyName()),
  };
}

export function toRemediations(response: RemediateResponse): readonly Remediation[] {
  return response.getRemediationsList().map((remediation) => {
    const props = remediation.getProperties()?.toJavaScript();
    return {
      policy: remediation.getPolicyname(),
      diagnostic: remediation.getDiagnostic(),
      ...(props === undefined ? {} : { props }),
    };
  });
}

export function toPackInfo(info: AnalyzerInfo): PackInfo {
  return {
    name: info.getName(),
    version: info.getVersion(),
    policies: info.getPoliciesList().map((policy) => ({
      name: policy.getName(),
      kind: policy.getPolicyType() === PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
      level: levelOf(policy.getEnforcementlevel()),
      severity: severityOf(policy.getSeverity()),
      displayName: policy.getDisplayname(),
      description: policy.getDescription(),
      url: policy.getUrl(),
      tags: policy.getTagsList(),
      remediationSteps: policy.getRemediationSteps(),
      schemaProperties: policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {},
    })),
    initialConfig: Object.fromEntries(
      mapEntries(info.getInitialconfigMap()).map(([name, entry]) => [
        name,
        { level: levelOf(entry.getEnforcementlevel()), options: entry.getProperties()?.toJavaScript() ?? {} },
      ]),
    ),
  };
}
