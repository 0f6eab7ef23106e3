/**
 * A request that ends in an error answer. `intune` texts are wrapped the way Intune wraps them, a JSON document inside `message`;
 * the others are Graph's own plain texts.
 */
export class GraphError extends Error {
  override readonly name = "GraphError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly from: "graph" | "intune",
    readonly headers: Readonly<Record<string, string>> = {},
    /** `RetryAfter` of Intune's JSON document. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

/** Assumption: code and wrapping of Intune's own body errors; captures show this form with other codes (powershell-intune-samples #89). */
export function badRequest(message: string): GraphError {
  return new GraphError(400, "BadRequest", message, "intune");
}

/** Code and wrapping: ThomasKur/IntuneDocumentation issue #39 (404 from /deviceManagement). Assumption: the words, where Intune says only "An error has occurred". */
export function resourceNotFound(message: string): GraphError {
  return new GraphError(404, "ResourceNotFound", message, "intune");
}
