import { NOT_SERVED } from "./differences";
import { routes, schema } from "./facts";
import type { RouteFact, Version } from "./facts";

export const isServed = ({ path }: RouteFact): boolean => !NOT_SERVED.some((route) => route.test(path));

/** The type of the entities a route addresses by key: the route list names the key after it. */
function typeAt({ path }: RouteFact): string | undefined {
  const name = /\/\{(\w+)-id\}$/.exec(path)?.[1];
  return name !== undefined && name in schema.types ? name : undefined;
}

/** Types whose entities come with a policy or by its actions; their tests are their own. */
const OF_THE_POLICY = [
  "deviceCompliancePolicy",
  "deviceCompliancePolicyAssignment",
  "deviceComplianceScheduledActionForRule",
  "deviceComplianceActionItem",
];

/** Every collection one posts rows to, with each version that has it: the statuses and the states of single settings. */
export function rowCollections(): { route: string; version: Version; typeName: string }[] {
  return routes.filter(isServed).flatMap((route) => {
    const typeName = typeAt(route);
    if (typeName === undefined || OF_THE_POLICY.includes(typeName)) return [];
    return route.versions.map((version) => ({ route: route.path, version, typeName }));
  });
}
