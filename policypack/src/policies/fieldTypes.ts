import { definePolicy } from "../definePolicy";
import { inputNames, namesOfType, parentKeyNames } from "../deviceStatusProperties";
import { hint } from "../hint";
import { givenValue, type Read } from "../peek";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import { describe, kindOf, WORD } from "../valueText";

/** Edm.Int32. */
const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** The types Graph's metadata declares. The enum and the date-times have rules of their own, which say more. */
export const fieldTypes = definePolicy({
  name: "field-types",
  id: "DCS004",
  displayName: "Properties exist and have their types",
  description: "A device compliance status must have only the properties of Graph's entity, each of its declared type.",
  fix: "give the property a value of the type that is named",
  tags: ["intune", "types"],
  level: "mandatory",
  severity: "high",
  exemptible: true,
  options: {},
  page: {
    why: [
      "A fixture that is built from JSON or from another resource's outputs escapes the compiler. An object where a text belongs becomes `[object Object]` in a dashboard, a number in quotes is refused with a 400 that names no property, and a misspelt property is dropped or refused.",
      "`platform` is an `Edm.Int32`. `status` and the date-times are judged by [status-enum](status-enum.md) and [datetime-format](datetime-format.md).",
    ],
    bad: {
      fixtures: {
        overdue: { ...EXAMPLE_INPUTS, platform: "0", deviceModel: { name: "Surface" }, devicemodel: "Surface" },
      },
    },
    good: { fixtures: { overdue: { ...EXAMPLE_INPUTS, platform: 0, deviceModel: "Surface" } } },
    configuration: "mandatory",
  },
  judgeResource: ({ read, propertyNames }) => [
    ...[...parentKeyNames, ...namesOfType("Edm.String")].flatMap((property) => textFinding(read, property)),
    ...namesOfType("Edm.Int32").flatMap((property) => integerFinding(read, property)),
    ...propertyNames
      .filter((name) => !inputNames.includes(name))
      .sort()
      .map(strangerFinding),
  ],
});

function textFinding(read: Read, property: string): readonly Finding[] {
  const value = givenValue(read, property);
  if (value === undefined || typeof value === "string") return [];
  return [{ problem: `${property} is ${kindOf(value)}, which is no Edm.String.`, fix: "give a text, or leave it out" }];
}

function integerFinding(read: Read, property: string): readonly Finding[] {
  const value = givenValue(read, property);
  if (value === undefined) return [];
  if (Number.isInteger(value) && (value as number) >= INT32_MIN && (value as number) <= INT32_MAX) return [];
  return [
    {
      problem: `${property} is ${numberKind(value)}, which is no Edm.Int32.`,
      fix: `give a whole number from ${INT32_MIN} to ${INT32_MAX}, without quotes`,
    },
  ];
}

function numberKind(value: unknown): string {
  if (typeof value !== "number") return kindOf(value);
  return Number.isInteger(value) ? "a number out of range" : "a number with a fraction";
}

const strangerFinding = (name: string): Finding => ({
  problem: `${describe(name, WORD)} is no property of DeviceComplianceDeviceStatus.${hint(name, inputNames)}`,
  fix: `use one of ${inputNames.join(", ")}`,
});
