import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { definePolicy } from "../definePolicy";
import { nameListOption } from "../optionKinds";
import { EXAMPLE_INPUTS } from "../rulePage";

/** The statuses that a set of fixtures must show. Says nothing while some fixture's status is unknown. */
export const statusCoverage = definePolicy({
  name: "status-coverage",
  id: "DCS013",
  displayName: "The fixtures show every status that is wanted",
  description: "The device compliance statuses of a stack must show every status that is asked for.",
  fix: "declare a fixture with each of them, or take them out of the option required",
  tags: ["intune", "coverage"],
  level: "advisory",
  severity: "low",
  exemptible: true,
  options: {
    required: nameListOption({
      description: "The statuses of which there must be a fixture, if the stack holds fixtures at all.",
      members: COMPLIANCE_STATUSES,
      standard: [],
      memberNoun: "a complianceStatus value",
    }),
  },
  page: {
    why: [
      "A dashboard that was tested without a device in `conflict` shows one wrong. The rule says which statuses a set of fixtures lacks, when one was renamed or taken out.",
      "Nothing is required unless the option says so; the profile `strict` asks for `compliant` and `nonCompliant`. A stack without fixtures is let be, and so is one in which a status is not yet known.",
    ],
    bad: {
      fixtures: { overdue: EXAMPLE_INPUTS },
      config: { "status-coverage": { required: ["compliant", "nonCompliant", "conflict"] } },
    },
    good: {
      fixtures: { overdue: EXAMPLE_INPUTS, fine: { ...EXAMPLE_INPUTS, status: "compliant" } },
      config: { "status-coverage": { required: ["compliant", "nonCompliant"] } },
    },
    configuration: { enforcementLevel: "advisory", required: [...COMPLIANCE_STATUSES] },
  },
  judgeStack({ fixtures }, { required }) {
    const readings = fixtures.map(({ glance }) => glance("status"));
    if (readings.length === 0 || readings.some(({ known }) => !known)) return [];
    const present = new Set(readings.map((reading) => reading.known && reading.value));
    const missing = required.filter((status) => !present.has(status));
    return missing.length === 0 ? [] : [{ problem: `The stack holds no fixture with status ${missing.join(", ")}.` }];
  },
});
