import { COLLECTIONS, itemTemplateOf, POLICIES, templateOf } from "../model/collections";
import type { Collection, Root } from "../model/collections";
import { isInVersion, VERSIONS } from "../model/entityType";
import type { Version } from "../model/entityType";
import { STATUS_OVERVIEWS } from "../model/statusOverviews";
import type { StatusOverview } from "../model/statusOverviews";
import type { Profile } from "../options";
import { collectionHandlers } from "./collectionHandlers";
import type { Handler } from "./graphRequest";
import { assign, scheduleActionsForRules } from "./policyActions";
import { refuseRoute } from "./refuseRoute";
import { getStatusOverview } from "./statusOverview";

type Verbs = Readonly<Record<string, Handler>>;

/** What one resource path answers, verb by verb, in each profile. */
export type Route = Readonly<Record<Profile, Verbs>> & {
  readonly template: string;
  readonly root: Root;
  readonly versions: readonly Version[];
};

const REFUSED: Verbs = {
  GET: refuseRoute,
  POST: refuseRoute,
  PUT: refuseRoute,
  PATCH: refuseRoute,
  DELETE: refuseRoute,
};

/**
 * All routes below /beta and /v1.0. Sources of the observed profile: the policies and configurations themselves are what many tools
 * create and read; statuses are only ever seen listed; GET by key fails in microsoft-graph-docs pull request #21172 and issues #19210 and
 * #9230, DELETE in #19211, PATCH of a sibling in microsoft/Intune-PowerShell-SDK #23, POST of siblings in #2326, #4983 and #4984, GET of
 * scheduledActionsForRule in #4104 and #16701. Assumption: what nobody has been seen to get an answer from, `$count` among it, fails the
 * same way.
 */
export const ROUTES: readonly Route[] = [
  ...COLLECTIONS.flatMap(collectionRoutes),
  ...STATUS_OVERVIEWS.map(statusOverviewRoute),
  ...actionRoutes("assign", assign),
  ...actionRoutes("scheduleActionsForRules", scheduleActionsForRules),
];

function collectionRoutes(collection: Collection): Route[] {
  const { list, count, create, get, update, remove } = collectionHandlers(collection);
  const isServed = collection.observed === "served";
  const onCollection: Verbs = { GET: list, POST: create };
  const onEntity: Verbs = { GET: get, PATCH: update, DELETE: remove };
  const observedCollection = { served: onCollection, listed: { ...REFUSED, GET: list }, refused: REFUSED };
  const common = { root: collection.root, versions: versionsOf(collection) };
  const template = templateOf(collection);
  return [
    { ...common, template, documented: onCollection, observed: observedCollection[collection.observed] },
    { ...common, template: `${template}/$count`, documented: { GET: count }, observed: { GET: refuseRoute } },
    {
      ...common,
      template: itemTemplateOf(collection),
      documented: onEntity,
      observed: isServed ? onEntity : REFUSED,
    },
  ];
}

/** Those of all collections on the way to it. */
function versionsOf(collection: Collection): Version[] {
  const { container } = collection;
  const outer = container === undefined ? VERSIONS : versionsOf(container);
  return outer.filter((version) => isInVersion(collection, version));
}

/** Asked for by many dashboards (microsoft-graph-explorer-v4 #4043). The documented PATCH would write what is counted: it is not served. */
function statusOverviewRoute(overview: StatusOverview): Route {
  const { container, name } = overview;
  const get: Handler = (request) => getStatusOverview(overview, request);
  return {
    template: `${itemTemplateOf(container)}/${name}`,
    root: container.root,
    versions: versionsOf(container),
    documented: { GET: get },
    observed: { ...REFUSED, GET: get },
  };
}

/** A bound action, by its short and its qualified name (OData URL conventions 4.0 section 4.5). Seen to work: #2326, #4983. */
function actionRoutes(name: string, handler: Handler): Route[] {
  return [name, `microsoft.graph.${name}`].map((segment) => ({
    template: `${itemTemplateOf(POLICIES)}/${segment}`,
    root: POLICIES.root,
    versions: VERSIONS,
    documented: { POST: handler },
    observed: { POST: handler },
  }));
}
