import { INTUNE_SERVICE } from "../limits";
import { GraphError } from "./graphError";
import type { GraphRequest } from "./graphRequest";
import { canonicalPath } from "./resourcePath";

/**
 * What the service answers where its metadata has a path and its code has none: microsoft-graph-docs pull request #21172 and issues
 * #19210, #19211, #4983; the status from microsoft/Intune-PowerShell-SDK #23.
 */
export function refuseRoute({ template, keys, request }: GraphRequest): never {
  const [, ...rest] = template.split("/");
  const kinds = ["~", "singleton", ...rest.map(kindOf)].join("/");
  throw new GraphError(
    400,
    "No method match route template",
    `No OData route exists that match template ${kinds} with http verb ${request.method} ` +
      `for request /${INTUNE_SERVICE}/${canonicalPath(template, keys)}.`,
    "graph",
  );
}

/** As the captures name the segments. Assumption: `$count` stands as itself, as in ASP.NET's OData library. */
function kindOf(part: string): string {
  if (part === "$count") return part;
  return part.startsWith("{") ? "key" : "navigation";
}
