import type { EmulatorRequest } from "../http/exchange";
import { badQuery } from "./badQuery";

/** Where the next page begins: behind the entity of that sequence number, or, in a sorted list, behind so many entities. */
export type Position = { readonly after: number } | { readonly offset: number };

/** Opaque to clients (Graph's paging page: replay the link whole). @throws {GraphError} 400 for a token of somebody else */
export function parseSkipToken(token: string, isSorted: boolean): Position {
  const [, kind, number] = /^(after|offset):(\d{1,16})$/.exec(Buffer.from(token, "base64url").toString("latin1")) ?? [];
  if (kind === (isSorted ? "offset" : "after"))
    return isSorted ? { offset: Number(number) } : { after: Number(number) };
  throw badQuery("$skiptoken", "was not made by this service for this list");
}

/** The same address, other options included, with a token for where the page ended. `$skip` has been done by then. */
export function nextLink(request: EmulatorRequest, position: Position): string {
  const isKept = (option: string): boolean => option !== "" && !/^(\$|%24)skip(token)?=/i.test(option);
  const kept = request.query.split("&").filter(isKept);
  return `${request.origin}${request.path}?${[...kept, `$skiptoken=${skipToken(position)}`].join("&")}`;
}

export function skipToken(position: Position): string {
  const text = "after" in position ? `after:${position.after}` : `offset:${position.offset}`;
  return Buffer.from(text, "latin1").toString("base64url");
}
