import { z } from "zod";
import type { EdmType, EntityDescriptor, PropertyValue } from "./entityDescriptor";

/** One entity as Graph answered it, reduced to the descriptor's properties; an absent property reads as null. */
export interface WireEntity {
  readonly id: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** On reading, enum members of later service versions and odd date spellings are kept verbatim: state shows the truth. */
const WIRE_SCHEMAS: Readonly<Record<EdmType, z.ZodType<string | number>>> = {
  "Edm.String": z.string(),
  "Edm.Int32": z.number(),
  "Edm.DateTimeOffset": z.string(),
  "graph.complianceStatus": z.string(),
};

/** The id of an answered entity even where the rest of it cannot be read, so that what exists is never lost sight of. */
export function wireId(json: unknown): string | undefined {
  const parsed = z.object({ id: z.string().min(1) }).safeParse(json);
  return parsed.success ? parsed.data.id : undefined;
}

/** Read one entity. Faults are named by property, without values. */
export function readWireEntity(
  descriptor: EntityDescriptor,
  json: unknown,
): { readonly entity: WireEntity } | { readonly fault: string } {
  const id = wireId(json);
  if (id === undefined) return { fault: "the answer holds no id" };
  const shape = Object.fromEntries(
    descriptor.properties.map((property) => [property.name, WIRE_SCHEMAS[property.edmType].nullish()] as const),
  );
  const parsed = z.object(shape).safeParse(json);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join("."));
    return {
      fault: `the answer's ${names.join(", ")} ${names.length === 1 ? "is" : "are"} not of the documented type`,
    };
  }
  const properties = descriptor.properties.map(
    (property) => [property.name, parsed.data[property.name] ?? null] as const,
  );
  return { entity: { id, properties: Object.fromEntries(properties) } };
}
