import { randomUUID } from "node:crypto";
import type { Answer } from "../http/exchange";
import { pathOf } from "../model/collections";
import type { ContainedCollection } from "../model/collections";
import type { Entity } from "../model/entityType";
import { readChanges, readNewEntity } from "./entityBody";
import { resourceNotFound } from "./graphError";
import { graphAnswer, keyOf, noContent } from "./graphRequest";
import type { GraphRequest, Handler } from "./graphRequest";
import { readPage } from "../odata/page";
import { assertServed, parseQuery, parseSelect, selected } from "../odata/query";
import { nextLink } from "../odata/skipToken";
import type { Profile } from "../options";
import { readJsonObject } from "./requestBody";
import { canonicalPath } from "./resourcePath";
import { toWire } from "./wire";

export interface CollectionHandlers {
  readonly list: Handler;
  readonly create: Handler;
  readonly get: Handler;
  readonly update: Handler;
  readonly remove: Handler;
}

/**
 * The five documented operations: pages intune-deviceconfig-devicecompliancedevicestatus-{list,create,get,update,delete}, beta and v1.0.
 * One difference: the get page's example wraps the entity in `value`; CSDL, OpenAPI and the SDKs have it bare, and so has the emulator.
 */
export function containedCollectionHandlers(collection: ContainedCollection): CollectionHandlers {
  return {
    list: (request) => list(collection, request),
    create: (request) => create(collection, request),
    get: (request) => get(collection, request),
    update: (request) => update(collection, request),
    remove: (request) => remove(collection, request),
  };
}

/** observed: `$filter` is 501 (two public scripts record it), `$top` is in use. Assumption: no `$orderby`, no `$skip` either. */
const SERVED: Readonly<Record<Profile, readonly string[]>> = {
  documented: ["$filter", "$orderby", "$top", "$skip", "$skiptoken", "$count", "$select"],
  observed: ["$top", "$skiptoken", "$count", "$select"],
};

/** Intune adds `@odata.count` unasked (microsoft-graph-docs #20196). Assumption: it counts all pages. */
function list(collection: ContainedCollection, request: GraphRequest): Answer {
  const { world } = request;
  const path = pathOfContainer(collection, request);
  const query = parseQuery(request.query, {
    type: collection.type,
    version: request.version,
    served: SERVED[request.emulation.profile],
    pageSize: request.emulation.settings.pageSize,
  });
  const names = parseSelect(request.query, collection.type, request.version);
  const page = readPage(world.entitySet(path), query);
  return graphAnswer(200, {
    "@odata.context": `${request.request.origin}/${request.version}/$metadata#${canonicalPath(request.template, request.keys)}`,
    ...(page.count === undefined ? {} : { "@odata.count": page.count }),
    ...(page.next === undefined ? {} : { "@odata.nextLink": nextLink(request.request, page.next) }),
    value: page.entities.map((entity) => selected(names, encode(collection, request, entity))),
  });
}

async function create(collection: ContainedCollection, request: GraphRequest): Promise<Answer> {
  const path = pathOfContainer(collection, request);
  assertServed(request.query, []);
  const entity = {
    ...readNewEntity(collection.type, request.version, readJsonObject(request.request)),
    id: randomUUID(),
  };
  if (!(await request.world.put(path, entity))) throw containerNotFound(collection, request);
  // OData protocol 4.0 section 11.4.2 asks for Location.
  const location = `${request.request.origin}/${request.version}/${canonicalPath(request.template, request.keys)}('${entity.id}')`;
  return graphAnswer(201, encode(collection, request, entity), { Location: location });
}

function get(collection: ContainedCollection, request: GraphRequest): Answer {
  const path = pathOfContainer(collection, request);
  assertServed(request.query, ["$select"]);
  const names = parseSelect(request.query, collection.type, request.version);
  const entity = request.world.find(path, keyOf(request, collection.key));
  if (entity === undefined) throw entityNotFound(collection, request);
  return graphAnswer(200, selected(names, encode(collection, request, entity)));
}

async function update(collection: ContainedCollection, request: GraphRequest): Promise<Answer> {
  const {
    world,
    emulation: { settings },
  } = request;
  const path = pathOfContainer(collection, request);
  const id = keyOf(request, collection.key);
  assertServed(request.query, []);
  if (world.find(path, id) === undefined) throw entityNotFound(collection, request);
  const changes = readChanges(collection.type, request.version, id, readJsonObject(request.request));
  const entity = await world.merge(path, id, changes);
  if (entity === undefined) throw entityNotFound(collection, request);
  return settings.patchAnswer === 204 ? noContent() : graphAnswer(200, encode(collection, request, entity));
}

async function remove(collection: ContainedCollection, request: GraphRequest): Promise<Answer> {
  const path = pathOfContainer(collection, request);
  assertServed(request.query, []);
  if (!(await request.world.delete(path, keyOf(request, collection.key)))) throw entityNotFound(collection, request);
  return noContent();
}

function encode(
  { type }: ContainedCollection,
  { version, emulation }: GraphRequest,
  entity: Entity,
): Record<string, unknown> {
  return toWire(type, entity, version, emulation.profile);
}

function pathOfContainer(collection: ContainedCollection, request: GraphRequest): string {
  const containerId = keyOf(request, collection.containerKey);
  if (request.world.find(collection.container, containerId) === undefined) throw containerNotFound(collection, request);
  return pathOf(collection, containerId);
}

function containerNotFound(collection: ContainedCollection, request: GraphRequest): Error {
  return resourceNotFound(`There is no ${collection.container}('${keyOf(request, collection.containerKey)}').`);
}

function entityNotFound(collection: ContainedCollection, request: GraphRequest): Error {
  return resourceNotFound(`There is no ${collection.name}('${keyOf(request, collection.key)}') in this collection.`);
}
