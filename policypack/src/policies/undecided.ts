import { definePolicy } from "../definePolicy";
import { EXAMPLE_INPUTS } from "../rulePage";

/** What preview cannot know yet, once per resource. Runs after all others, which note what they could not decide by. */
export const undecided = definePolicy({
  name: "undecided",
  id: "DCS017",
  displayName: "What preview could not judge",
  description: "A rule that cannot decide before the values are known is named, once for each resource.",
  fix: "nothing; pulumi up judges the values when they are known",
  tags: ["preview"],
  level: "advisory",
  severity: "low",
  exemptible: false,
  options: {},
  page: {
    why: [
      "A value that another resource will give is unknown in preview. The rules pass over it, which must not be taken for a pass: this line names the properties and the rules that will judge them in `pulumi up`. It is advisory at any level.",
    ],
    bad: { fixtures: { overdue: { ...EXAMPLE_INPUTS, deviceModel: { expression: "model.id" } } } },
    good: { fixtures: { overdue: EXAMPLE_INPUTS } },
    configuration: "disabled",
  },
  judgeResource({ urn }, _options, pack) {
    const properties = pack.undecided.take(urn);
    if (properties.length === 0) return [];
    const texts = properties.map(({ property, rules }) => `${property} (${rules.join(", ")})`);
    return [{ problem: `Undecided until pulumi up: ${texts.join(", ")}.`, fix: null, level: "advisory" }];
  },
});
