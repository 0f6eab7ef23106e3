import { z } from "zod";
import { COMPLIANCE_STATUSES } from "./complianceStatus";
import { parseDateTimeOffset } from "./dateTimeOffset";
import type { EdmType, EntityDescriptor, PropertyDescriptor } from "./entityDescriptor";
import { nearest } from "./nearest";

/** Edm.Int32. */
const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** A rule's message: it reads as the end of a sentence that starts with the property's name, and never holds the value. */
const rule = (text: string) => ({
  error: (issue: { readonly input?: unknown }) => `is ${kindOf(issue.input)}; ${text}`,
});

const faultOf = (value: string): string | undefined => {
  const parsed = parseDateTimeOffset(value);
  return "fault" in parsed ? parsed.fault : undefined;
};

const ENUM_TEXT = `must be one of ${COMPLIANCE_STATUSES.join(", ")}`;
const DATE_TEXT = "must be a date-time string with seconds and offset, such as 2017-01-01T00:00:17.7769392-08:00";
const INT_TEXT = `must be a whole number from ${INT32_MIN} to ${INT32_MAX} (Edm.Int32)`;

const SCHEMAS: Readonly<Record<EdmType, z.ZodType>> = {
  "Edm.String": z.string(rule("must be a string")),
  "Edm.Int32": z.number(rule(INT_TEXT)).refine(isInt32, rule(INT_TEXT)),
  "Edm.DateTimeOffset": z.string(rule(DATE_TEXT)).refine((value) => faultOf(value) === undefined, {
    error: (issue) => faultOf(String(issue.input)) ?? DATE_TEXT,
  }),
  "graph.complianceStatus": z.enum(COMPLIANCE_STATUSES, {
    error: (issue) => {
      const guess = typeof issue.input === "string" ? nearest(issue.input, COMPLIANCE_STATUSES) : undefined;
      const hint = guess === undefined ? "" : `; did you mean "${guess}"?`;
      return `is ${kindOf(issue.input)}${typeof issue.input === "string" ? " that is no complianceStatus" : ""}; ${ENUM_TEXT}${hint}`;
    },
  }),
};

const PARENT_KEY_SCHEMA = z
  .string(rule("must be the id of an existing policy"))
  .refine((value) => value.trim() !== "", { error: "is empty; must be the id of an existing policy" })
  .refine((value) => value === value.trim(), { error: "has blanks around it; give the id alone" })
  .refine((value) => !/[/?#]/.test(value), { error: "holds a path or query; give the policy's id alone, not its URL" });

/**
 * The inputs of an entity as one strict zod object, all faults of which are reported at once.
 * A property in `undecided` (its value is not known yet) may be missing.
 */
export function inputSchema(descriptor: EntityDescriptor, undecided: ReadonlySet<string> = new Set()): z.ZodObject {
  const parents = descriptor.parentKeys.map((key) => [key, PARENT_KEY_SCHEMA] as const);
  const own = descriptor.properties.map((property) => [property.name, propertySchema(property)] as const);
  const shape = [...parents, ...own].map(
    ([name, schema]) => [name, undecided.has(name) ? schema.optional() : schema] as const,
  );
  return z.strictObject(Object.fromEntries<z.ZodType>(shape));
}

function propertySchema(property: PropertyDescriptor): z.ZodType {
  const schema = SCHEMAS[property.edmType];
  return property.nullable ? schema.nullish() : schema;
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX;
}

/** A value's kind with its article; the value itself may name a person and is not shown. */
function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
