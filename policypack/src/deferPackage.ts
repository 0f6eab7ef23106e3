import Module, { createRequire } from "node:module";

/** What these packages export: a function, which may be a class. */
type Exported = (new (...args: unknown[]) => object) & ((...args: unknown[]) => unknown);

/**
 * Let a package that exports one function or class be loaded when that is first used, and not when it is first required.
 *
 * Whoever requires it gets a stand-in that loads the package as soon as anything but its name is asked for. Nothing is
 * deferred where the package cannot be found from there, or is loaded already.
 *
 * @param from the module that requires it; the stand-in is for the copy which that module resolves
 * @param alias a property under which the function or class also exports itself
 * @returns whether it is deferred
 */
export function deferPackage(packageName: string, from: string, alias?: string): boolean {
  const file = resolved(packageName, from);
  if (file === undefined || require.cache[file] !== undefined) return false;
  const standIn = new Module(file);
  const load = (): Exported => {
    if (require.cache[file] === standIn) Reflect.deleteProperty(require.cache, file);
    return createRequire(file)(file) as Exported;
  };
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = standInFor(load, alias);
  require.cache[file] = standIn;
  return true;
}

function resolved(packageName: string, from: string): string | undefined {
  try {
    return createRequire(require.resolve(from)).resolve(packageName);
  } catch {
    return undefined;
  }
}

/** Compiled importers ask for `__esModule` and copy the enumerable properties at once: neither may load anything. */
function standInFor(load: () => Exported, alias?: string): object {
  const target = function (): void {};
  if (alias !== undefined)
    Object.defineProperty(target, alias, { enumerable: true, configurable: true, value: undefined });
  const standIn: object = new Proxy(target, {
    get(_target, key) {
      if (key === "__esModule") return undefined;
      return key === alias ? standIn : (Reflect.get(load(), key) as unknown);
    },
    apply: (_target, self, args: unknown[]) => Reflect.apply<unknown, unknown[], unknown>(load(), self, args),
    construct: (_target, args, newTarget) =>
      Reflect.construct(load(), args, newTarget === standIn ? load() : newTarget) as object,
  });
  return standIn;
}
