/** What others may import, without side effects: `pulumi-intune-policies/policies`. */
export { createPolicyPack } from "./createPolicyPack";
export type { FixturePolicy } from "./definePolicy";
export { packConfigSchema } from "./packConfigSchema";
export { validatePackConfig, type PackConfig, type PackConfigEntry } from "./packConfigFile";
export { createPolicies, policies } from "./policies";
