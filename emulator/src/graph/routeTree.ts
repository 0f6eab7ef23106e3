import { parseResourcePath } from "./resourcePath";

interface Node<Route> {
  readonly names: Map<string, Node<Route>>;
  key?: { readonly name: string; readonly node: Node<Route> };
  route?: Route;
}

interface Found<Route> {
  readonly route: Route;
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * `$count` and its like are system resources, `name()` is a function, `microsoft.graph.name` an action or a type: never keys, OData URL
 * conventions 4.0 section 4. In parentheses anything is a key.
 */
const RESERVED = /^\$|^microsoft\.graph\.|\(.*\)$/s;

/** Routes by the segments of their templates, so that finding one takes as many steps as the path has segments. */
export class RouteTree<Route extends { readonly template: string }> {
  private readonly root: Node<Route> = { names: new Map() };
  /** Who writes many entities of one collection repeats its path. */
  private last: { readonly path: string; readonly found: Found<Route> | undefined } | undefined;

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.add(route);
  }

  /** The route whose template the path fits, and the keys at its `{name}` places. A literal name goes before a key. */
  find(path: string): Found<Route> | undefined {
    if (this.last?.path !== path) this.last = { path, found: this.search(path) };
    return this.last.found;
  }

  private search(path: string): Found<Route> | undefined {
    const keys: Record<string, string> = {};
    let node: Node<Route> | undefined = this.root;
    for (const { text, isKey } of parseResourcePath(path)) {
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
