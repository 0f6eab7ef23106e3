import { definePolicy } from "../definePolicy";
import { inputNames } from "../deviceStatusProperties";
import { nameListOption } from "../optionKinds";
import type { Finding, JudgeResource } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import type { Subject } from "../subject";
import type { Read } from "../peek";

const DEFAULT_KEY = ["deviceCompliancePolicyId", "deviceDisplayName", "userPrincipalName"];

const options = {
  key: nameListOption({
    description: "The properties by which two fixtures are the same.",
    members: inputNames,
    standard: DEFAULT_KEY,
    memberNoun: "an input of DeviceComplianceDeviceStatus",
  }),
};

/**
 * One fixture for each device and user under a policy. In preview the whole stack is seen at its end, before anything is
 * created, and sorted; in an update that comes too late, so that each fixture is held against those before it.
 */
export const uniqueFixture = definePolicy({
  name: "unique-fixture",
  id: "DCS011",
  displayName: "No two fixtures are the same",
  description: "No two device compliance statuses of a stack may be of the same policy, device and user.",
  fix: "take one of the two out, or give it a device or user of its own",
  tags: ["intune", "uniqueness"],
  level: "mandatory",
  severity: "medium",
  exemptible: true,
  options,
  page: {
    why: [
      "Intune keeps one status for each device and user under a policy. Two that differ in nothing but the status contradict each other, and what a program shows of them depends on the order in which it reads. It is also what a loop over the wrong list makes.",
      "Fixtures without device and user are not compared. In preview the finding is on each fixture that has a twin before it in the order of URNs; `up --skip-preview` stops before the second one is created.",
    ],
    bad: {
      fixtures: {
        "laptop-compliant": { ...EXAMPLE_INPUTS, deviceDisplayName: "FIXTURE-LAPTOP", status: "compliant" },
        "laptop-overdue": { ...EXAMPLE_INPUTS, deviceDisplayName: "FIXTURE-LAPTOP" },
      },
    },
    good: {
      fixtures: {
        "laptop-1": { ...EXAMPLE_INPUTS, deviceDisplayName: "FIXTURE-LAPTOP-1", status: "compliant" },
        "laptop-2": { ...EXAMPLE_INPUTS, deviceDisplayName: "FIXTURE-LAPTOP-2" },
      },
    },
    configuration: { enforcementLevel: "mandatory", key: [...DEFAULT_KEY, "status"] },
  },
  startJudging,
  judgeStack({ fixtures }, { key }) {
    const firstByKey = new Map<string, Subject>();
    return fixtures.flatMap((fixture) => {
      const text = keyText(fixture.glance, key);
      if (text === undefined) return [];
      const first = firstByKey.get(text);
      if (first === undefined) firstByKey.set(text, fixture);
      return first === undefined ? [] : [{ ...twinFinding(first.name, key), about: fixture }];
    });
  },
});

function startJudging(): JudgeResource<typeof options> {
  const firstByKey = new Map<string, Pick<Subject, "urn" | "name">>();
  return ({ urn, name, stack, read }, { key }, { surroundings }) => {
    const text = keyText(read, key);
    if (text === undefined || surroundings.isPreview) return [];
    const stackKey = JSON.stringify([stack, text]);
    const first = firstByKey.get(stackKey) ?? { urn, name };
    firstByKey.set(stackKey, first);
    return first.urn === urn ? [] : [twinFinding(first.name, key)];
  };
}

/** The same text for the same fixture; undefined if it cannot be told yet, or if it names neither device nor user. */
function keyText(read: Read, key: readonly string[]): string | undefined {
  const readings = key.map((property) => read(property));
  const values = readings.map((reading) => (reading.known ? (reading.value ?? null) : undefined));
  if (values.includes(undefined)) return undefined;
  const isNamed = key.some((property, index) => property !== "deviceCompliancePolicyId" && values[index] !== null);
  return isNamed ? JSON.stringify(values.map(keyPart)) : undefined;
}

/** Values of other kinds are faults that field-types reports; they are equal to nothing here. */
const keyPart = (value: unknown): unknown => (typeof value === "object" && value !== null ? { kind: "object" } : value);

const twinFinding = (name: string, key: readonly string[]): Finding => ({
  problem: `${key.join(", ")} are those of the fixture "${name}".`,
});
