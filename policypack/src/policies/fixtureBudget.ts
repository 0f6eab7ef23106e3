import { definePolicy } from "../definePolicy";
import { countOption } from "../optionKinds";
import { givenValue, type Read } from "../peek";
import type { Finding, JudgeResource } from "../policyDefinition";
import type { OptionValues } from "../options";
import { EXAMPLE_INPUTS } from "../rulePage";
import { kindOf, WORD } from "../valueText";

const count = (description: string) => countOption({ description, standard: 1000, minimum: 0, maximum: 1_000_000 });

const options = {
  maxPerStack: count("How many fixtures a stack may hold."),
  maxPerStatus: count("How many of them may have the same status."),
  maxPerPlatform: count("How many of them may have the same platform."),
};

/** How many fixtures a stack may hold. See unique-fixture for why it is both a resource and a stack rule. */
export const fixtureBudget = definePolicy({
  name: "fixture-budget",
  id: "DCS012",
  displayName: "A stack holds no more fixtures than its budget",
  description: "A stack may hold no more device compliance statuses than its budget allows.",
  fix: "declare fewer fixtures, or raise the option that is named",
  tags: ["intune", "budget"],
  level: "mandatory",
  severity: "medium",
  exemptible: true,
  options,
  page: {
    why: [
      "A slip in a loop makes ten thousand fixtures as easily as ten. Intune lets an application write 100 times in 20 seconds, the state file grows with every resource, and taking them out again takes as long.",
      "In preview one finding on the stack says by how much a budget is exceeded; `up --skip-preview` stops before the first fixture beyond it is created.",
    ],
    bad: {
      fixtures: { first: EXAMPLE_INPUTS, second: EXAMPLE_INPUTS, third: { ...EXAMPLE_INPUTS, status: "error" } },
      config: { "fixture-budget": { maxPerStack: 2, maxPerStatus: 1 } },
    },
    good: {
      fixtures: { first: EXAMPLE_INPUTS, third: { ...EXAMPLE_INPUTS, status: "error" } },
      config: { "fixture-budget": { maxPerStack: 2, maxPerStatus: 1 } },
    },
    configuration: { enforcementLevel: "mandatory", maxPerStack: 200, maxPerStatus: 50 },
  },
  startJudging,
  judgeStack({ fixtures }, budget) {
    const counts = new Map<string, Group & { number: number }>();
    for (const group of fixtures.flatMap(({ glance }) => groupsOf(glance))) {
      const key = JSON.stringify([group.option, group.value]);
      counts.set(key, { ...group, number: (counts.get(key)?.number ?? 0) + 1 });
    }
    return [...counts.values()]
      .filter(({ option, number }) => number > budget[option])
      .map(({ option, shown, number }) => finding(`The stack holds ${number} fixtures${shown}`, option, budget))
      .sort((a, b) => (a.problem < b.problem ? -1 : 1));
  },
});

type OptionName = keyof typeof options;

/** One of the groups that a fixture counts in. */
interface Group {
  readonly option: OptionName;
  /** What its members have in common. */
  readonly value?: string | number;
  /** How a message names the fixtures of the group, after "fixtures". */
  readonly shown: string;
}

function groupsOf(read: Read): readonly Group[] {
  const status = givenValue(read, "status");
  const platform = givenValue(read, "platform");
  return [
    { option: "maxPerStack", shown: "" },
    ...(typeof status === "string"
      ? [{ option: "maxPerStatus", value: status, shown: ` with status ${shownStatus(status)}` } as const]
      : []),
    ...(typeof platform === "number"
      ? [{ option: "maxPerPlatform", value: platform, shown: ` with platform ${platform}` } as const]
      : []),
  ];
}

const shownStatus = (status: string): string => (WORD.test(status) ? `"${status}"` : kindOf(status));

function startJudging(): JudgeResource<typeof options> {
  const membersByGroup = new Map<string, Map<string, number>>();
  return ({ urn, stack, read }, budget, { surroundings }) =>
    groupsOf(read).flatMap(({ option, value, shown }) => {
      if (surroundings.isPreview) return [];
      const key = JSON.stringify([stack, option, value]);
      const members = membersByGroup.get(key) ?? new Map<string, number>();
      const place = members.get(urn) ?? members.size + 1;
      membersByGroup.set(key, members.set(urn, place));
      return place > budget[option]
        ? [finding(`This is number ${place} of the stack's fixtures${shown}`, option, budget)]
        : [];
    });
}

const finding = (what: string, option: OptionName, budget: OptionValues<typeof options>): Finding => ({
  problem: `${what}, and the option ${option} allows ${budget[option]}.`,
});
