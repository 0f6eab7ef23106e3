import type { EntityDescriptor } from "../model/entityDescriptor";
import { equalEntity } from "../model/equality";
import type { Values } from "../model/body";
import type { WireEntity } from "../model/wireEntity";
import type { Claims } from "./claims";
import { LostAnswerError } from "./errors";
import { type OperationRequest, requestFacts } from "./operationRequest";

/**
 * The row that a `POST` whose answer was lost has made, or `undefined` if it made none.
 * It is the row that equals the body in every property and belongs to no other resource of the run; it is claimed here,
 * before anything else can run. More than one such row cannot be told apart, and none is taken.
 *
 * Assumption: an equal row that nobody of this run has is ours. Graph's entity holds no field for a mark of our own.
 */
export async function findLostEntity(
  descriptor: EntityDescriptor,
  request: OperationRequest,
  rows: AsyncIterable<WireEntity>,
  body: Values,
  claims: Claims,
): Promise<WireEntity | undefined> {
  const equal = (await equalRows(descriptor, request, rows, body)).filter((row) => !claims.has(row.id));
  const [row, ...others] = equal;
  if (row === undefined) return undefined;
  if (others.length > 0) {
    const ids = equal.map(({ id }) => id).join(", ");
    throw new LostAnswerError(
      requestFacts(request),
      `${equal.length} rows equal what was sent (${ids})`,
      "which of them is new cannot be told: delete the surplus ones, then run pulumi up again",
    );
  }
  claims.claim(row.id);
  return row;
}

async function equalRows(
  descriptor: EntityDescriptor,
  request: OperationRequest,
  rows: AsyncIterable<WireEntity>,
  body: Values,
): Promise<WireEntity[]> {
  const equal: WireEntity[] = [];
  try {
    for await (const row of rows) if (equalEntity(descriptor, row.properties, body)) equal.push(row);
  } catch (error) {
    throw new LostAnswerError(
      requestFacts(request),
      `looking for the row failed too (${error instanceof Error ? error.message : String(error)})`,
      "a row may exist that is not in Pulumi's state: list the policy's deviceStatuses before the next pulumi up",
      error,
    );
  }
  return equal;
}
