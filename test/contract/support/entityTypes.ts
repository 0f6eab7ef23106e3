import { schema } from "./facts";
import type { PropertyFact, Version } from "./facts";

/** A property as the tests go through them: name first, so that it names the test. */
export type NamedProperty = readonly [name: string, fact: PropertyFact];

/** The type's own and inherited properties without the key `id`, in whatever version. */
function allPropertiesOf(typeName: string): NamedProperty[] {
  const type = schema.types[typeName];
  if (type === undefined) throw new Error(`the facts have no type ${typeName}`);
  const inherited = type.base === undefined ? [] : allPropertiesOf(type.base);
  return [...inherited, ...Object.entries(type.properties)].filter(([name]) => name !== "id");
}

export function propertiesOf(typeName: string, version: Version): NamedProperty[] {
  return allPropertiesOf(typeName).filter(([, { versions }]) => versions.includes(version));
}

/** What the other version has and this one has not. */
export function foreignPropertiesOf(typeName: string, version: Version): NamedProperty[] {
  return allPropertiesOf(typeName).filter(([, { versions }]) => !versions.includes(version));
}

/** The concrete types that derive from a type, in a version. */
export function subtypesOf(base: string, version: Version): string[] {
  return Object.entries(schema.types).flatMap(([name, type]) =>
    type.base === base && !type.abstract && type.versions.includes(version) ? [name] : [],
  );
}

/** Members of an enum that a version has; undefined when the type is no enum of the facts. */
export function membersOf(type: string, version: Version): string[] | undefined {
  const members = schema.enums[type.replace(/^graph\./, "")];
  if (members === undefined) return undefined;
  return Object.entries(members).flatMap(([name, { versions }]) => (versions.includes(version) ? [name] : []));
}

/** Members that only the other version has. */
export function foreignMembersOf(type: string, version: Version): string[] {
  const members = Object.entries(schema.enums[type.replace(/^graph\./, "")] ?? {});
  return members.flatMap(([name, { versions }]) => (versions.includes(version) ? [] : [name]));
}
