"use strict";

/**
 * @typedef {import("./readSchema.js").Schema} Schema
 * @typedef {import("./readSchema.js").Version} Version
 */

/** The root of most of the service's collections, cut down in the fragments: not a type of the family. */
const ROOT_TYPE = "deviceManagement";

/**
 * One table of several schemas: each type, property, enum member and operation with the versions that have it. A version
 * has what any of its schemas has; where two schemas disagree on a type or a nullability there is no fact, and it throws.
 * @param {Schema[]} schemas
 */
function mergeSchemas(schemas) {
  const ordered = [...schemas].sort((a, b) => compare(ageOf(a), ageOf(b)));
  const types = merge("type", ordered, (schema) =>
    mapValues(schema.types, ({ kind, base, abstract }) => ({ kind, ...(base ? { base } : {}), abstract })),
  );
  delete types[ROOT_TYPE];
  const table = Object.fromEntries(
    Object.entries(types).map(([name, type]) => {
      const properties = merge(name, ordered, (schema) => schema.types[name]?.properties ?? {});
      const navigation = merge(name, ordered, (schema) =>
        mapValues(schema.types[name]?.navigation ?? {}, (target) => ({ target })),
      );
      return [name, { ...type, properties, navigation }];
    }),
  );
  const named = new Set(
    Object.values(table).flatMap(({ properties }) => Object.values(properties).map(({ type }) => graphName(type))),
  );
  /** @type {string[]} */
  const enums = ordered.flatMap((schema) => Object.keys(schema.enums)).filter((name) => named.has(name));
  return {
    sources: ordered.map(({ source }) => source),
    types: table,
    enums: Object.fromEntries(
      [...new Set(enums)]
        .sort(compare)
        .map((name) => [
          name,
          merge(name, ordered, (schema) => mapValues(schema.enums[name] ?? {}, (value) => ({ value }))),
        ]),
    ),
    undefinedTypes: [...named].filter((name) => name !== "" && !enums.includes(name) && !(name in types)).sort(compare),
    operations: merge("operation", ordered, (schema) => schema.operations),
  };
}

/**
 * @template {object} Fact
 * @param {string} what for the error
 * @param {Schema[]} schemas
 * @param {(schema: Schema) => Record<string, Fact>} pick
 * @returns {Record<string, Fact & { versions: Version[] }>}
 */
function merge(what, schemas, pick) {
  /** @type {Record<string, Fact & { versions: Version[] }>} */
  const merged = {};
  for (const schema of schemas) {
    const { version } = schema.source;
    for (const [name, fact] of Object.entries(pick(schema))) {
      const { versions, ...known } = merged[name] ?? { versions: [], ...fact };
      if (JSON.stringify(known) !== JSON.stringify(fact)) throw new Error(`the schemas disagree on ${what} ${name}`);
      merged[name] = { ...fact, versions: versions.includes(version) ? versions : [...versions, version] };
    }
  }
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => compare(a, b)));
}

/** Oldest first within a version, so that a new schema changes few lines. @type {(schema: Schema) => string} */
const ageOf = ({ source }) => `${source.version} ${source.date}`;

/** By code unit, whatever the machine's language. @type {(a: string, b: string) => number} */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The name of a type of the namespace, alone or within Collection(); "" for an Edm type. @type {(type: string) => string} */
const graphName = (type) => /graph\.(\w+)/.exec(type)?.[1] ?? "";

/**
 * @template From, To
 * @param {Record<string, From>} record
 * @param {(value: From) => To} map
 * @returns {Record<string, To>}
 */
const mapValues = (record, map) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

module.exports = { mergeSchemas };
