import type { Segment } from "./resourcePath";

interface Node<Route> {
  readonly names: Map<string, Node<Route>>;
  key?: { readonly name: string; readonly node: Node<Route> };
  route?: Route;
}

/**
 * `$count` and its like are system resources, `name()` is a function, `microsoft.graph.name` an action or a type: never keys, OData URL
 * conventions 4.0 section 4. In parentheses anything is a key.
 */
const RESERVED = /^\$|^microsoft\.graph\.|\(.*\)$/s;

/** Routes by the segments of their templates, so that finding one takes as many steps as the path has segments. */
export class RouteTree<Route extends { readonly template: string }> {
  private readonly root: Node<Route> = { names: new Map() };

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.add(route);
  }

  /** The route whose template the segments fit, and the keys at its `{name}` places. A literal name goes before a key. */
  find(segments: readonly Segment[]): { route: Route; keys: Record<string, string> } | undefined {
    const keys: Record<string, string> = {};
    let node: Node<Route> | undefined = this.root;
    for (const { text, isKey } of segments) {
      const named: Node<Route> | undefined = isKey ? undefined : node.names.get(text);
      if (named !== undefined) {
        node = named;
        continue;
      }
      if (node.key === undefined || (!isKey && RESERVED.test(text))) return undefined;
      keys[node.key.name] = text;
      node = node.key.node;
    }
    return node.route === undefined ? undefined : { route: node.route, keys };
  }

  private add(route: Route): void {
    let node = this.root;
    for (const part of route.template.split("/")) {
      const next: Node<Route> = (part.startsWith("{") ? node.key?.node : node.names.get(part)) ?? { names: new Map() };
      if (part.startsWith("{")) node.key = { name: part.slice(1, -1), node: next };
      else node.names.set(part, next);
      node = next;
    }
    node.route = route;
  }
}
