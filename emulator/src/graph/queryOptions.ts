import { MAX_PAGE_SIZE } from "../limits";
import { badRequest, GraphError } from "./graphError";
import type { GraphRequest } from "./graphRequest";

/** System query options of OData URL conventions 4.0 section 5.1 and of Graph's paging page. */
const SYSTEM_QUERY_OPTIONS: readonly string[] = [
  ...["$filter", "$orderby", "$search", "$skip", "$expand", "$apply", "$format"],
  ...["$top", "$skiptoken", "$count", "$select"],
];

/**
 * Refuses aloud what the route does not serve. `$filter` on deviceStatuses is 501 at the service too (two public scripts record it);
 * Assumption: the same answer for the other options. Options without "$" are custom and ignored: OData URL conventions 4.0 section 5.2.
 */
export function assertQueryOptions({ query }: GraphRequest, served: readonly string[]): void {
  for (const name of query.keys()) {
    if (!name.startsWith("$") || served.includes(name)) continue;
    if (!SYSTEM_QUERY_OPTIONS.includes(name)) throw badRequest(`Query option '${name}' is unknown.`);
    throw new GraphError(501, "NotImplemented", `Query option '${name}' is not implemented here.`, "graph");
  }
}

export interface PageRequest {
  readonly after: number;
  readonly size: number;
}

/** `$top` is the size of a page, as Graph's paging page describes it; `$skiptoken` is ours, from a nextLink. */
export function readPageRequest({ query, emulation }: GraphRequest): PageRequest {
  const top = query.get("$top");
  if (top !== null && !/^[1-9]\d{0,8}$/.test(top))
    throw badRequest(`Query option '$top' must be a whole number from 1, got '${top}'.`);
  const size = Math.min(top === null ? emulation.settings.pageSize : Number(top), MAX_PAGE_SIZE);
  const token = query.get("$skiptoken");
  if (token === null) return { after: 0, size };
  const after = /^after:(\d{1,16})$/.exec(Buffer.from(token, "base64url").toString("latin1"))?.[1];
  if (after === undefined) throw badRequest("Query option '$skiptoken' was not made by this service.");
  return { after: Number(after), size };
}

/** Where the next page is: the same address, other options included, with a token for the last entity seen. */
export function nextLink({ request }: GraphRequest, after: number): string {
  const kept = request.query.split("&").filter((option) => option !== "" && !/^(\$|%24)skiptoken=/i.test(option));
  return `${request.origin}${request.path}?${[...kept, `$skiptoken=${skipToken(after)}`].join("&")}`;
}

export function skipToken(after: number): string {
  return Buffer.from(`after:${after}`, "latin1").toString("base64url");
}

/** `$select` of an answered entity: the named properties and the annotations. */
export function select({ query }: GraphRequest, entity: Record<string, unknown>): Record<string, unknown> {
  const option = query.get("$select");
  if (option === null) return entity;
  const names = option.split(",").map((name) => name.trim());
  return Object.fromEntries(Object.entries(entity).filter(([name]) => name.startsWith("@") || names.includes(name)));
}
