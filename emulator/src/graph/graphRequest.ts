import type { Emulation } from "../emulation";
import type { Answer, EmulatorRequest } from "../http/exchange";
import { GRAPH_CONTENT_TYPE } from "../limits";
import type { World } from "../world/world";
import type { Version } from "../model/entityType";

/** An authorised request whose route is known. */
export interface GraphRequest {
  readonly emulation: Emulation;
  /** Of the caller's tenant. */
  readonly world: World;
  readonly request: EmulatorRequest;
  readonly version: Version;
  readonly template: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export type Handler = (request: GraphRequest) => Answer | Promise<Answer>;

/** The value of a key the route's template names. */
export function keyOf({ keys, template }: GraphRequest, name: string): string {
  const key = keys[name];
  if (key === undefined) throw new Error(`route ${template} has no key ${name}`);
  return key;
}

export function graphAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "Content-Type": GRAPH_CONTENT_TYPE, ...headers }, body };
}

/** 204 has neither body nor content type. */
export function noContent(): Answer {
  return { status: 204, headers: {} };
}
