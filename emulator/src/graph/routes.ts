import { DEVICE_COMPLIANCE_POLICIES, DEVICE_COMPLIANCE_POLICY_KEY, DEVICE_STATUSES } from "../model/collections";
import type { Profile } from "../options";
import { containedCollectionHandlers } from "./containedCollection";
import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listPolicies,
  listScheduledActionsForRule,
} from "./deviceCompliancePolicies";
import type { Handler } from "./graphRequest";
import { refuseRoute } from "./refuseRoute";

/** What one resource path answers, verb by verb, in each profile. */
export type Route = Readonly<Record<Profile, Readonly<Record<string, Handler>>>> & { readonly template: string };

const POLICIES = `deviceManagement/${DEVICE_COMPLIANCE_POLICIES}`;
const POLICY = `${POLICIES}/{${DEVICE_COMPLIANCE_POLICY_KEY}}`;
const STATUSES = `${POLICY}/${DEVICE_STATUSES.name}`;
const statuses = containedCollectionHandlers(DEVICE_STATUSES);

/**
 * All routes below /beta and /v1.0. Sources of the observed column: the policies themselves are what many tools create and read;
 * deviceStatuses is only ever seen listed; GET by key fails in microsoft-graph-docs pull request #21172 and issue #19210, DELETE in #19211,
 * PATCH of a sibling in microsoft/Intune-PowerShell-SDK #23, GET scheduledActionsForRule in microsoft-graph-docs #4104 and #16701.
 * Assumption: POST and PUT on deviceStatuses fail the same way, as POST does on sibling collections (#4983).
 */
export const ROUTES: readonly Route[] = [
  {
    template: POLICIES,
    documented: { GET: listPolicies, POST: createPolicy },
    observed: { GET: listPolicies, POST: createPolicy },
  },
  {
    template: POLICY,
    documented: { GET: getPolicy, DELETE: deletePolicy },
    observed: { GET: getPolicy, DELETE: deletePolicy },
  },
  {
    template: `${POLICY}/scheduledActionsForRule`,
    documented: { GET: listScheduledActionsForRule },
    observed: { GET: refuseRoute },
  },
  {
    template: STATUSES,
    documented: { GET: statuses.list, POST: statuses.create },
    observed: { GET: statuses.list, POST: refuseRoute, PUT: refuseRoute, PATCH: refuseRoute, DELETE: refuseRoute },
  },
  {
    template: `${STATUSES}/{${DEVICE_STATUSES.key}}`,
    documented: { GET: statuses.get, PATCH: statuses.update, DELETE: statuses.remove },
    observed: { GET: refuseRoute, POST: refuseRoute, PUT: refuseRoute, PATCH: refuseRoute, DELETE: refuseRoute },
  },
];
