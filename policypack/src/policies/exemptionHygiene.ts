import { definePolicy } from "../definePolicy";
import { exemptionsOption, reviewExemptions } from "../reviewExemptions";
import { countOption } from "../optionKinds";
import type { PackContext } from "../packContext";
import type { OptionValues } from "../options";
import { EXAMPLE_INPUTS } from "../rulePage";

const options = {
  exemptions: exemptionsOption,
  maxDays: countOption({
    description: "How many days ahead an exemption may expire.",
    standard: 365,
    minimum: 1,
    maximum: 3650,
  }),
};

const SOUND = {
  policy: "datetime-order",
  match: "archive-*",
  reason: "these rows replay an export of 2019",
  owner: "fixtures team",
  expires: "2026-12-31",
};

/** Holds the exemptions of the pack, and to a standard. Runs before every other policy, which look their exemptions up. */
export const exemptionHygiene = definePolicy({
  name: "exemption-hygiene",
  id: "DCS015",
  displayName: "Exemptions have a reason, an owner and an end",
  description: "Every exemption must name a policy that may be exempted, a reason, an owner and a date in reach.",
  fix: "correct the exemption, or take it out",
  tags: ["intune", "exemptions"],
  level: "mandatory",
  severity: "high",
  exemptible: false,
  options,
  page: {
    why: [
      "A gate without exemptions gets switched off, and one with exemptions that nobody owns and that never end is no gate. Each has a policy, the resources it covers, a reason of at least 10 characters, an owner and the last day on which it holds.",
      "While it holds, what it covers stays visible as an advisory finding that begins with `Exempted`. From the day after, the finding is mandatory again, and this rule names the exemption. One with a fault exempts nothing. [tenant-guard](tenant-guard.md), [no-secrets](no-secrets.md) and this rule cannot be exempted. An exemption that covers no fixture of the stack is reported as advisory.",
    ],
    bad: {
      fixtures: { overdue: EXAMPLE_INPUTS },
      config: {
        "exemption-hygiene": {
          exemptions: [
            { ...SOUND, policy: "no-secrets", reason: "because" },
            { ...SOUND, expires: "2025-12-31" },
          ],
        },
      },
    },
    good: {
      fixtures: { "archive-1": EXAMPLE_INPUTS },
      config: { "exemption-hygiene": { exemptions: [SOUND] } },
    },
    configuration: { enforcementLevel: "mandatory", exemptions: [SOUND], maxDays: 90 },
    more: [
      "`match` is a glob (`*`, `?`) on the logical name, or on the URN if it begins with `urn:`. A finding on the whole stack is matched by the name or URN of the stack's own resource. Set to `disabled`, the rule keeps no exemptions, and none holds.",
    ],
  },
  prepare(values, pack) {
    pack.exemptions = review(values, pack).inForce;
  },
  judgeRoot: (values, pack) => review(values, pack).findings,
  judgeStack({ fixtures, root }, values, pack) {
    const named = [root, ...fixtures];
    return review(values, pack)
      .inForce.filter(({ covers }) => !named.some(covers))
      .map(({ title }) => ({
        problem: `${title} covers no fixture of the stack.`,
        fix: "take it out, or correct its match",
        level: "advisory" as const,
      }));
  },
});

const review = ({ exemptions, maxDays }: OptionValues<typeof options>, { catalog, surroundings }: PackContext) =>
  reviewExemptions(exemptions, { catalog, maxDays, now: surroundings.now() });
