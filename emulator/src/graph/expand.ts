import { childOf, COLLECTIONS, pathOf, templateOf } from "../model/collections";
import type { Collection } from "../model/collections";
import type { Entity } from "../model/entityType";
import { STATUS_OVERVIEWS } from "../model/statusOverviews";
import { embeddedIn } from "./embedded";
import { badRequest, GraphError } from "./graphError";
import type { GraphRequest } from "./graphRequest";
import { readPage } from "../odata/page";
import { skipToken } from "../odata/skipToken";
import type { Position } from "../odata/skipToken";
import { canonicalPath } from "./resourcePath";
import { storedRows } from "./rows";
import { statusOverviewWire } from "./statusOverview";
import { toWire } from "./wire";

/** One name of an `$expand`, with those to expand within it. */
export interface Expansion {
  readonly name: string;
  readonly inner: readonly Expansion[];
}

const ITEM = /^(\w+)(?:\((.*)\))?$/s;

/** `a,b($expand=c)`: OData URL conventions 4.0 section 5.1.2. Other options within an expansion are not served. */
export function parseExpand(option: string | null): readonly Expansion[] {
  if (option === null) return [];
  return splitOutside(option).map((text) => {
    const [, name, options] = ITEM.exec(text.trim()) ?? [];
    if (name === undefined)
      throw badRequest(`Query option '$expand=${option}' is not a list of navigation properties.`);
    if (options === undefined) return { name, inner: [] };
    if (options.startsWith("$expand=")) return { name, inner: parseExpand(options.slice("$expand=".length)) };
    throw new GraphError(
      501,
      "NotImplemented",
      `Query option '${options}' within $expand is not implemented here.`,
      "graph",
    );
  });
}

/** The parts between the commas that stand in no parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}

export function canExpand(collection: Collection): boolean {
  return COLLECTIONS.some(({ container }) => container === collection);
}

/** The navigation properties asked for, to stand in the answer beside the entity's own properties. */
export function expand(
  collection: Collection,
  entity: Entity,
  expansions: readonly Expansion[],
  request: GraphRequest,
): Record<string, unknown> {
  const expanded: Record<string, unknown> = {};
  for (const expansion of expansions) Object.assign(expanded, expandOne(collection, entity, expansion, request));
  return expanded;
}

function expandOne(
  collection: Collection,
  entity: Entity,
  { name, inner }: Expansion,
  request: GraphRequest,
): Record<string, unknown> {
  const child = childOf(collection, name);
  const overview = STATUS_OVERVIEWS.find((candidate) => candidate.container === collection && candidate.name === name);
  if (overview !== undefined) return { [name]: statusOverviewWire(overview, entity, request) };
  // Assumption: code and text.
  if (child === undefined) throw badRequest(`'${name}' is no navigation property of ${collection.name} to expand.`);
  const wire = (item: Entity): Record<string, unknown> => ({
    ...toWire(child.type, item, request.version, request.emulation.profile),
    ...expand(child, item, inner, request),
  });
  if (child.isEmbedded === true) return { [name]: embeddedIn(entity, name).map(wire) };
  const { pageSize } = request.emulation.settings;
  const rows = storedRows(request.world, pathOf(child, entity.id));
  const page = readPage(rows.list(), { pageSize, skip: 0, position: undefined, isCounted: false });
  const link = page.next === undefined ? {} : { [`${name}@odata.nextLink`]: rest(child, entity, page.next, request) };
  return { [name]: page.entities.map(wire), ...link };
}

/** Where the rest of an expanded collection is: OData JSON 4.0 section 4.5.5. */
function rest(child: Collection, { id }: Entity, position: Position, { request, version, keys }: GraphRequest): string {
  const { container } = child;
  const allKeys = container === undefined ? keys : { ...keys, [container.key]: id };
  return `${request.origin}/${version}/${canonicalPath(templateOf(child), allKeys)}?$skiptoken=${skipToken(position)}`;
}
