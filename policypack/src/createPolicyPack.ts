import { PolicyPack } from "@pulumi/policy";
import { observeConfigure } from "./observeConfigure";
import { createPackContext } from "./packContext";
import { defaultsOf, validatePackConfig, type PackConfig } from "./packConfigFile";
import { createPolicies, templates } from "./policies";
import { readSurroundings } from "./surroundings";

/**
 * Construct the pack in the process of a policy pack of one's own: its main file calls this and nothing else. Not to be
 * called in a Pulumi program, which would then never end (pulumi/pulumi#10381).
 *
 * `config` has the form of a `--policy-pack-config` file and makes the pack's defaults; such a file goes before it. A
 * policy that is given options without a level keeps its level. `initialConfig` of the SDK is not used, as it would turn
 * such a policy advisory.
 *
 * @throws {Error} that names every fault of the configuration, which ends the start of the pack
 */
export function createPolicyPack(config: PackConfig = {}): PolicyPack {
  const faults = validatePackConfig(config);
  if (faults.length > 0) throw new Error(`The configuration of the policy pack has faults. ${faults.join(" ")}`);
  const pack = createPackContext(readSurroundings(process.env), templates);
  observeConfigure((entries) => {
    pack.configured = entries;
  });
  return new PolicyPack("intune-compliance-fixtures", {
    displayName: "Intune compliance fixtures",
    description: "Gates Microsoft Intune compliance fixtures declared with pulumi-intune.",
    tags: ["intune", "microsoft-graph"],
    enforcementLevel: "mandatory",
    policies: [...createPolicies(defaultsOf(config), pack)],
  });
}
