import { MAX_PAGE_SIZE } from "../limits";
import { findProperty } from "../model/entityType";
import type { Entity, EntityType, Version } from "../model/entityType";
import { GraphError } from "../graph/graphError";
import { badQuery } from "./badQuery";
import { parseFilter } from "./filter";
import { parseOrderBy } from "./orderBy";
import { parseSkipToken } from "./skipToken";
import type { Position } from "./skipToken";

/** System query options of OData URL conventions 4.0 section 5.1 and of Graph's paging page. */
const SYSTEM_QUERY_OPTIONS: readonly string[] = [
  ...["$filter", "$orderby", "$search", "$skip", "$expand", "$apply", "$format"],
  ...["$top", "$skiptoken", "$count", "$select"],
];

/** What a list was asked for. */
export interface Query {
  readonly filter?: (entity: Entity) => boolean;
  readonly orderBy?: (one: Entity, other: Entity) => number;
  /** Entities in a page. */
  readonly pageSize: number;
  /** Entities of the result that are passed over before the first page. */
  readonly skip: number;
  readonly position: Position | undefined;
  /** `$count=true`: how many there are in all pages. */
  readonly isCounted: boolean;
}

export interface QueryContext {
  readonly type: EntityType;
  readonly version: Version;
  /** Names of the options the route serves. */
  readonly served: readonly string[];
  /** Entities in a page when `$top` does not say. */
  readonly pageSize: number;
}

/**
 * The query options of a list. `$top` is the size of a page, as Graph's paging page describes it.
 * @throws {GraphError} 400 naming an option that is wrong, 501 naming one that is not served
 */
export function parseQuery(query: URLSearchParams, { type, version, served, pageSize }: QueryContext): Query {
  assertServed(query, served);
  const [filter, orderBy, token, count] = ["$filter", "$orderby", "$skiptoken", "$count"].map((name) =>
    query.get(name),
  );
  const top = readWhole(query, "$top", 1);
  if (count != null && count !== "true" && count !== "false")
    throw badQuery("$count", `must be true or false, got '${count}'`);
  return {
    ...(filter == null ? {} : { filter: parseFilter(filter, type, version) }),
    ...(orderBy == null ? {} : { orderBy: parseOrderBy(orderBy, type, version) }),
    pageSize: Math.min(top ?? pageSize, MAX_PAGE_SIZE),
    skip: readWhole(query, "$skip", 0) ?? 0,
    position: token == null ? undefined : parseSkipToken(token, orderBy != null),
    isCounted: count === "true",
  };
}

/**
 * Refuses aloud what the route does not serve. `$filter` on deviceStatuses is 501 at the service (two public scripts record it);
 * Assumption: the same answer for the other options. Options without "$" are custom and ignored: OData URL conventions 4.0 section 5.2.
 */
export function assertServed(query: URLSearchParams, served: readonly string[]): void {
  for (const name of query.keys()) {
    if (!name.startsWith("$")) continue;
    if (query.getAll(name).length > 1) throw badQuery(name, "must be given once");
    if (served.includes(name)) continue;
    if (!SYSTEM_QUERY_OPTIONS.includes(name)) throw badQuery(name, "is unknown");
    throw new GraphError(501, "NotImplemented", `Query option '${name}' is not implemented here.`, "graph");
  }
}

/** The properties `$select` names; undefined when it names none. @throws {GraphError} 400 for one the type does not have */
export function parseSelect(query: URLSearchParams, type: EntityType, version: Version): readonly string[] | undefined {
  const option = query.get("$select");
  if (option === null || option.trim() === "*") return undefined;
  // What a subtype adds is known of each entity only.
  const isOpen = type.isOpen === true || type.isAbstract === true;
  return option.split(",").map((item) => {
    const name = item.trim();
    if (isOpen || name === "id" || findProperty(type, name, version) !== undefined) return name;
    throw badQuery("$select", `names '${name}', which is no property of microsoft.graph.${type.name} in ${version}`);
  });
}

/** The selected properties of an answered entity, with its annotations. */
export function selected(names: readonly string[] | undefined, wire: Record<string, unknown>): Record<string, unknown> {
  if (names === undefined) return wire;
  return Object.fromEntries(Object.entries(wire).filter(([name]) => name.startsWith("@") || names.includes(name)));
}

function readWhole(query: URLSearchParams, name: string, min: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= min) return Number(text);
  throw badQuery(name, `must be a whole number from ${min}, got '${text}'`);
}
