import { definePolicy } from "../definePolicy";
import { entryFaults } from "../entryFaults";
import { EXAMPLE_INPUTS } from "../rulePage";

/** The engine passes entries for policies that do not exist on to the pack, and says nothing. */
export const packConfig = definePolicy({
  name: "pack-config",
  id: "DCS016",
  displayName: "The configuration names policies that exist",
  description: "The configuration of the pack must name only policies that exist.",
  fix: "correct the name in the --policy-pack-config file",
  tags: ["configuration"],
  level: "mandatory",
  severity: "high",
  exemptible: false,
  options: {},
  page: {
    why: [
      "Pulumi accepts a misspelt policy name in a configuration file without a word: the policy that was meant keeps its default level, and a gate that was to be mandatory is not. This rule compares the names that reached the pack with its policies.",
      "A misspelt option is reported by the policy under whose name it stands.",
    ],
    bad: { fixtures: { overdue: EXAMPLE_INPUTS }, config: { "tenant-gaurd": "mandatory" } },
    good: { fixtures: { overdue: EXAMPLE_INPUTS }, config: { "tenant-guard": "mandatory" } },
    configuration: "mandatory",
  },
  judgeRoot: (_options, { configured, catalog }) =>
    entryFaults(
      configured ?? new Map(),
      catalog.map(({ name }) => name),
    ).map((problem) => ({ problem })),
});
