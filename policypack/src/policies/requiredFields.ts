import { definePolicy } from "../definePolicy";
import { edmTypeOf, inputNames, mandatoryNames } from "../deviceStatusProperties";
import { nameListOption } from "../optionKinds";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import type { Subject } from "../subject";
import { kindOf } from "../valueText";

/**
 * The listed properties hold something. A property that is not nullable and not sent is invented by the service, and a
 * fixture must not depend on that. An unknown value counts as given: preview cannot know it, `up` judges it.
 *
 * @see https://learn.microsoft.com/graph/api/intune-deviceconfig-devicecompliancedevicestatus-create
 */
export const requiredFields = definePolicy({
  name: "required-fields",
  id: "DCS002",
  displayName: "Required properties are given",
  description: "The required properties of a device compliance status must be given and must not be blank.",
  fix: "give every required property a value",
  tags: ["intune", "completeness"],
  level: "mandatory",
  severity: "high",
  exemptible: true,
  options: {
    fields: nameListOption({
      description: "The properties that must be given. Replaces the default list.",
      members: inputNames,
      standard: mandatoryNames,
      memberNoun: "an input of DeviceComplianceDeviceStatus",
    }),
  },
  page: {
    why: [
      "Graph's metadata declares `platform`, `status` and both date-times not nullable. One that is not sent is invented by the service, and a test that rests on it rests on a guess. `deviceCompliancePolicyId` says under which policy the status is made; without it there is no address to send it to.",
    ],
    bad: { fixtures: { overdue: { ...EXAMPLE_INPUTS, deviceCompliancePolicyId: " ", platform: undefined } } },
    good: { fixtures: { overdue: EXAMPLE_INPUTS } },
    configuration: {
      enforcementLevel: "mandatory",
      fields: ["deviceCompliancePolicyId", "status", "deviceDisplayName"],
    },
    more: [
      "Null, an empty string and a string of blanks count as not given. A value not yet known in preview counts as given.",
    ],
  },
  judgeResource: (fixture, { fields }) => fields.flatMap((property) => judge(fixture, property)),
});

function judge({ glance }: Subject, property: string): readonly Finding[] {
  const reading = glance(property);
  if (!reading.known) return [];
  const { value } = reading;
  if (value === undefined) return [finding(property, "missing")];
  const blank = value === null || (typeof value === "string" && value.trim() === "");
  return blank ? [finding(property, kindOf(value))] : [];
}

function finding(property: string, kind: string): Finding {
  const edmType = edmTypeOf(property);
  const wanted = edmType === undefined ? "the id of an existing compliance policy" : `a value of type ${edmType}`;
  return { problem: `${property} is ${kind}, but it is required.`, fix: `give ${property} ${wanted}` };
}
