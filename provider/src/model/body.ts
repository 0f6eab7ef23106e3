import type { EntityDescriptor } from "./entityDescriptor";
import { sameValue } from "./equality";

/** Values by property name: inputs, outputs or an answered entity's properties. */
export type Values = Readonly<Record<string, unknown>>;

/** The body of a POST: `@odata.type` and each property that is given; a given null is sent, an absent one is not. */
export function createBody(descriptor: EntityDescriptor, inputs: Values): Record<string, unknown> {
  const given = descriptor.properties.filter(({ name }) => inputs[name] !== undefined);
  return {
    "@odata.type": descriptor.odataType,
    ...Object.fromEntries(given.map(({ name }) => [name, inputs[name]])),
  };
}

/** The names of the properties in which `news` means something else than `olds`. */
export function changedProperties(descriptor: EntityDescriptor, olds: Values, news: Values): string[] {
  return descriptor.properties
    .filter((property) => !sameValue(property, olds[property.name], news[property.name]))
    .map(({ name }) => name);
}

/** The body of a PATCH: the changed properties only; one taken out of the program is sent as null. */
export function updateBody(
  descriptor: EntityDescriptor,
  changed: readonly string[],
  news: Values,
): Record<string, unknown> {
  return {
    "@odata.type": descriptor.odataType,
    ...Object.fromEntries(changed.map((name) => [name, news[name] ?? null])),
  };
}
