import { ShapeError } from "../graph/errors";

/**
 * What may leave a provider method: a plain `Error` of one line. The server passes a numeric `code` on as the gRPC
 * status and hangs on a thrown non-Error, so that nothing but the message (and a cause for the log) is carried over.
 */
export function plainError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const plain = new Error(message.replace(/\s+/g, " ").trim());
  // The server prints the stack of what check, diff, read and delete throw; frames of ours help no user.
  plain.stack = plain.message;
  return plain;
}

/** The properties by which the server recognises a resource that exists but is not complete. Source: cmd/dynamic-provider. */
interface PartiallyCreated extends Error {
  id: string;
  properties: Record<string, unknown>;
  reasons: string[];
}

/**
 * The error of a create. Where the row exists although its answer could not be read, the state gets its id and the
 * inputs (with `__provider`, without which no later operation would find the code), and the next `up` completes it.
 */
export function createError(error: unknown, inputs: Record<string, unknown>): Error {
  const plain = plainError(error);
  if (!(error instanceof ShapeError) || error.id === undefined) return plain;
  const partial: PartiallyCreated = Object.assign(plain, {
    id: error.id,
    properties: { ...inputs },
    reasons: [plain.message],
  });
  return partial;
}
