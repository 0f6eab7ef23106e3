import { readFileSync } from "node:fs";
import path from "node:path";
import type { JsonMap } from "../../unit/emulator/support/graphClient";

/** Where the committed facts are, and by their names what `tools/contractFacts.js` writes. */
export const FACTS = path.join(__dirname, "../facts");

export type Version = "beta" | "v1.0";
export const VERSIONS: readonly Version[] = ["beta", "v1.0"];

export interface PropertyFact {
  readonly type: string;
  readonly nullable: boolean;
  readonly versions: readonly Version[];
}
interface TypeFact {
  readonly kind: "entity" | "complex";
  readonly base?: string;
  readonly abstract: boolean;
  readonly versions: readonly Version[];
  readonly properties: Readonly<Record<string, PropertyFact>>;
  readonly navigation: Readonly<Record<string, { readonly target: string; readonly versions: readonly Version[] }>>;
}
interface Schema {
  readonly types: Readonly<Record<string, TypeFact>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, { versions: readonly Version[] }>>>>;
  readonly undefinedTypes: readonly string[];
  readonly operations: Readonly<Record<string, { boundTo: string; returns?: string; versions: readonly Version[] }>>;
}
interface Message {
  readonly startLine: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonMap;
}
export interface DocumentedOperation {
  readonly version: Version;
  readonly operation: "create" | "get" | "list" | "update" | "delete";
  readonly endpoint: { readonly method: "GET" | "POST" | "PATCH" | "DELETE"; readonly path: string };
  readonly permissions: { readonly application: readonly string[]; readonly delegated: readonly string[] };
  readonly status: number;
  readonly request: Message;
  readonly answer: Message;
}
export interface RouteFact {
  readonly path: string;
  readonly versions: readonly Version[];
  readonly select: readonly Version[];
}
interface Observed {
  readonly deviceStatusListItem: { properties: Record<string, string>; noGracePeriod: string };
  readonly routeNotImplemented: {
    status: number;
    templates: { collection: string; item: string };
    code: string;
    message: string;
    innerError: Record<string, string>;
  };
  readonly forbidden: {
    status: number;
    code: string;
    lineEnd: string;
    fields: JsonMap;
    text: string;
    operationId: string;
    innerError: Record<string, string>;
  };
  readonly doublyNested: { status: number; code: string };
  readonly missingBlockAction: { status: number; text: string };
  readonly filterOnDeviceStatuses: { status: number };
  readonly retryAfter: { seconds: readonly string[] };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FACTS, name), "utf8"));
}

export const schema = read("schema.json") as Schema;
export const { operations } = read("operations.json") as { operations: readonly DocumentedOperation[] };
export const { routes } = read("routes.json") as { routes: readonly RouteFact[] };
export const observed = read("observed.json") as Observed;
