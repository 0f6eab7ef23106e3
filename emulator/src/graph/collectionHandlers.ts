import type { Answer } from "../http/exchange";
import { isPromise } from "../isPromise";
import type { Collection } from "../model/collections";
import { typeOfEntity } from "../model/entityType";
import type { Entity } from "../model/entityType";
import { readChanges } from "./entityBody";
import { canExpand, expand, parseExpand } from "./expand";
import { resourceNotFound } from "./graphError";
import { graphAnswer, keyOf, noContent } from "./graphRequest";
import type { GraphRequest, Handler } from "./graphRequest";
import { newEntity } from "./newEntity";
import { countOf, readPage } from "../odata/page";
import { assertServed, parseQuery, parseSelect, selected } from "../odata/query";
import type { Query } from "../odata/query";
import { nextLink } from "../odata/skipToken";
import { readJsonObject } from "./requestBody";
import { canonicalPath } from "./resourcePath";
import { rowsOf } from "./rows";
import { toWire } from "./wire";

export interface CollectionHandlers {
  readonly list: Handler;
  readonly count: Handler;
  readonly create: Handler;
  readonly get: Handler;
  readonly update: Handler;
  readonly remove: Handler;
}

/**
 * The documented operations on a collection and its entities: for each entity type five pages
 * intune-{deviceconfig,apps,shared,…}-{type}-{list,create,get,update,delete}, beta and v1.0, which say the same of every type.
 * One difference: the get page's example wraps the entity in `value`; CSDL, OpenAPI and the SDKs have it bare, and so has the emulator.
 */
export function collectionHandlers(collection: Collection): CollectionHandlers {
  return {
    list: (request) => list(collection, request),
    count: (request) => count(collection, request),
    create: (request) => create(collection, request),
    get: (request) => get(collection, request),
    update: (request) => update(collection, request),
    remove: (request) => remove(collection, request),
  };
}

/** Intune adds `@odata.count` unasked (microsoft-graph-docs #20196). Assumption: it counts all pages. */
function list(collection: Collection, request: GraphRequest): Answer {
  const rows = rowsOf(collection, request);
  const page = readPage(rows.list(), queryOf(collection, request, listOptions(collection, request)));
  const encode = encoderOf(collection, request);
  return graphAnswer(200, {
    "@odata.context": `${request.request.origin}/${request.version}/$metadata#${canonicalPath(request.template, request.keys)}`,
    ...(page.count === undefined ? {} : { "@odata.count": page.count }),
    ...(page.next === undefined ? {} : { "@odata.nextLink": nextLink(request.request, page.next) }),
    value: page.entities.map(encode),
  });
}

/** A number as plain text: OData protocol 4.0 section 11.2.9; Graph page "query-parameters" shows the same. */
function count(collection: Collection, request: GraphRequest): Answer {
  const rows = rowsOf(collection, request);
  const served = listOptions(collection, request).filter((option) => option === "$filter");
  const { filter } = queryOf(collection, request, served);
  return { status: 200, headers: { "Content-Type": "text/plain" }, text: String(countOf(rows.list(), filter)) };
}

function queryOf({ type }: Collection, request: GraphRequest, served: readonly string[]): Query {
  const { version, emulation } = request;
  return parseQuery(request.query, { type, version, served, pageSize: emulation.settings.pageSize });
}

/** observed: `$filter` on status lists is 501, `$top` is in use (two public scripts). Assumption: no `$orderby`, no `$skip` there either. */
function listOptions(collection: Collection, { emulation }: GraphRequest): string[] {
  const isBare = emulation.profile === "observed" && collection.observed === "listed";
  const options = ["$top", "$skiptoken", "$count", "$select", ...expandOption(collection)];
  return isBare ? options : [...options, "$filter", "$orderby", "$skip"];
}

function create(collection: Collection, request: GraphRequest): Promise<Answer> | Answer {
  const rows = rowsOf(collection, request);
  assertServed(request.query, []);
  const entity = newEntity(collection, request.version, readJsonObject(request.request), {
    now: () => request.emulation.clock.nowDateTime(),
    containerId: outermostKey(collection, request),
  });
  const onInserted = (isInserted: boolean): Answer => {
    if (!isInserted) throw containerGone(collection);
    // OData protocol 4.0 section 11.4.2 asks for Location.
    const location = `${request.request.origin}/${request.version}/${canonicalPath(request.template, request.keys)}('${entity.id}')`;
    return graphAnswer(201, encoderOf(collection, request)(entity), { Location: location });
  };
  const inserted = rows.insert(entity);
  return isPromise(inserted) ? inserted.then(onInserted) : onInserted(inserted);
}

function get(collection: Collection, request: GraphRequest): Answer {
  const entity = rowsOf(collection, request).find(keyOf(request, collection.key));
  if (entity === undefined) throw entityNotFound(collection, request);
  assertServed(request.query, ["$select", ...expandOption(collection)]);
  return graphAnswer(200, encoderOf(collection, request)(entity));
}

/** Assumption: a dated entity's version goes up by one with every change. */
async function update(collection: Collection, request: GraphRequest): Promise<Answer> {
  const { version, emulation } = request;
  const id = keyOf(request, collection.key);
  const rows = rowsOf(collection, request);
  assertServed(request.query, []);
  const current = rows.find(id);
  if (current === undefined) throw entityNotFound(collection, request);
  const type = typeOfEntity(collection.type, current, version);
  const changes = readChanges(type, version, id, readJsonObject(request.request));
  const now = emulation.clock.nowDateTime();
  const entity = await rows.edit(id, (before) =>
    collection.isDated === true ? { ...changes, lastModifiedDateTime: now, version: nextVersion(before) } : changes,
  );
  if (entity === undefined) throw entityNotFound(collection, request);
  if (emulation.settings.patchAnswer === 204) return noContent();
  return graphAnswer(200, encoderOf(collection, request)(entity));
}

function nextVersion({ version }: Entity): number {
  return typeof version === "number" ? version + 1 : 1;
}

/** What an entity contains goes with it: OData protocol 4.0 section 11.4.5 and CSDL ContainsTarget. */
async function remove(collection: Collection, request: GraphRequest): Promise<Answer> {
  const rows = rowsOf(collection, request);
  assertServed(request.query, []);
  if (!(await rows.delete(keyOf(request, collection.key)))) throw entityNotFound(collection, request);
  return noContent();
}

function expandOption(collection: Collection): string[] {
  return canExpand(collection) ? ["$expand"] : [];
}

function encoderOf(collection: Collection, request: GraphRequest): (entity: Entity) => Record<string, unknown> {
  const { version, emulation, query } = request;
  const expansions = parseExpand(query.get("$expand"));
  const names = parseSelect(query, collection.type, version);
  return (entity) => {
    const wire = selected(names, toWire(collection.type, entity, version, emulation.profile));
    return expansions.length === 0 ? wire : { ...wire, ...expand(collection, entity, expansions, request) };
  };
}

function outermostKey({ container }: Collection, request: GraphRequest): string {
  if (container === undefined) return "";
  return container.container === undefined ? keyOf(request, container.key) : outermostKey(container, request);
}

/** Deleted between the request's arrival and its turn to write. */
function containerGone({ container, name }: Collection): Error {
  return resourceNotFound(`The ${container?.name ?? name} this was to stand in has been deleted.`);
}

function entityNotFound(collection: Collection, request: GraphRequest): Error {
  const where = collection.container === undefined ? "" : " in this collection";
  return resourceNotFound(`There is no ${collection.name}('${keyOf(request, collection.key)}')${where}.`);
}
