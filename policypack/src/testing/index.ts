/** A test kit for policy packs, this one or any other: see docs/policy-testing.md. */
export { startAnalyzer, type Analyzer, type AnalyzerOptions } from "./analyzer";
export type { Analysis, Diagnostic, PackInfo, PolicyInfo, Remediation } from "./analyzerAnswers";
export { engineConfig, type Level, type PackConfig, type PolicyConfiguration } from "./engineConfig";
export { judgeResource, judgeStack, type Judgement, type Violation } from "./judge";
export { resourceArgs, stackArgs, type ArgsSettings } from "./policyArgs";
export { urnOf, type ResourceDescription, type StackDescription } from "./resourceDescription";
export { secret, UNKNOWN, type Properties } from "./wireValues";
