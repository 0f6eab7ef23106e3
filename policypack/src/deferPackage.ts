import Module, { createRequire } from "node:module";

type Constructor = new (...args: unknown[]) => object;

/**
 * Let a package that exports one class be loaded when the class is first used, and not when it is first required.
 *
 * Whoever requires it gets a stand-in that loads the package as soon as anything but its name is asked for. Nothing is
 * deferred where `from` cannot resolve the package or it is loaded already.
 *
 * @param from a file of the package that requires it; the stand-in is for the copy which that file resolves
 * @param className the property under which the class also exports itself
 * @returns whether it is deferred
 */
export function deferPackage(packageName: string, className: string, from: string): boolean {
  const requireThere = createRequire(from);
  let file: string;
  try {
    file = requireThere.resolve(packageName);
  } catch {
    return false;
  }
  if (require.cache[file] !== undefined) return false;
  let loaded: Constructor | undefined;
  const load = (): Constructor => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, file);
      loaded = requireThere(file) as Constructor;
    }
    return loaded;
  };
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = standInFor(className, load);
  require.cache[file] = standIn;
  return true;
}

/** Compiled importers ask for `__esModule` and copy the enumerable properties at once: neither may load anything. */
function standInFor(className: string, load: () => Constructor): object {
  const target = Object.defineProperty(function () {}, className, {
    enumerable: true,
    configurable: true,
    value: null,
  });
  const standIn: object = new Proxy(target, {
    get(_target, key) {
      if (key === "__esModule") return undefined;
      return key === className ? standIn : (Reflect.get(load(), key) as unknown);
    },
    construct: (_target, args, newTarget) =>
      Reflect.construct(load(), args, newTarget === standIn ? load() : newTarget) as object,
  });
  return standIn;
}
