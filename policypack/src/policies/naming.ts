import { definePolicy } from "../definePolicy";
import { patternOption } from "../optionKinds";
import { EXAMPLE_INPUTS } from "../rulePage";

/** Logical names stand in URNs, command lines and exemptions. */
export const naming = definePolicy({
  name: "naming",
  id: "DCS014",
  displayName: "Logical names follow the pattern",
  description: "The logical name of a device compliance status must match the pattern for names.",
  fix: "rename the resource, with an alias for its old name so that it is not replaced, or change the option pattern",
  tags: ["intune", "naming"],
  level: "advisory",
  severity: "low",
  exemptible: true,
  options: {
    pattern: patternOption({
      description: "A regular expression that whole logical names must match.",
      standard: "[A-Za-z][A-Za-z0-9-]*",
    }),
  },
  page: {
    why: [
      "A logical name becomes part of the URN, which people paste into `--target` options and exemptions. Blanks and special characters need quotes there, and a user's address in a name ends up in every log.",
    ],
    bad: { fixtures: { "overdue laptop (2)": EXAMPLE_INPUTS } },
    good: { fixtures: { "overdue-laptop-2": EXAMPLE_INPUTS } },
    configuration: { enforcementLevel: "advisory", pattern: "fixture-[a-z0-9-]+" },
  },
  judgeResource: ({ name }, { pattern }) =>
    new RegExp(`^(?:${pattern})$`, "u").test(name)
      ? []
      : [{ problem: "The logical name does not match the option pattern." }],
});
