import { GraphError } from "../graph/graphError";

/** A query option that cannot be: 400 in the service's shape. Assumption: code and words. */
export function badQuery(option: string, reason: string): GraphError {
  return new GraphError(400, "BadRequest", `Query option '${option}' ${reason}.`, "intune");
}
