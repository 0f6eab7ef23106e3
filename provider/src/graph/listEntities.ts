import { z } from "zod";
import type { WireEntity } from "../model/wireEntity";
import type { GraphClient } from "./client";
import { ShapeError } from "./errors";
import { type OperationRequest, parseJson, requestFacts } from "./operationRequest";

const PAGE = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });

/** As large as public clients of this collection ask for, and are given. The service's own choice is about 51. */
const MAX_PAGE_SIZE = 999;

/**
 * Every entity of a collection, following `@odata.nextLink` to its end.
 * A link to another origin is refused: it would carry the token there.
 */
export async function* listEntities(
  client: GraphClient,
  request: OperationRequest,
  toEntity: (json: unknown) => WireEntity,
): AsyncGenerator<WireEntity> {
  const origin = new URL(request.url).origin;
  for (let url: string | undefined = `${request.url}?$top=${MAX_PAGE_SIZE}`; url !== undefined;) {
    const response = await client.send({ ...request, url });
    const page = PAGE.safeParse(parseJson(response.body));
    if (!page.success)
      throw new ShapeError(
        requestFacts(request),
        "the answer is no page of entities",
        "give Microsoft support the path",
      );
    for (const json of page.data.value) yield toEntity(json);
    url = page.data["@odata.nextLink"];
    if (url !== undefined && (!URL.canParse(url) || new URL(url).origin !== origin)) {
      throw new ShapeError(
        requestFacts(request),
        `@odata.nextLink leads away from ${origin}`,
        "it is not followed, for it would carry the token there",
      );
    }
  }
}
