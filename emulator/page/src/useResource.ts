import { useEffect, useState } from "preact/hooks";
import { call, reasonOf } from "./api";

export interface Resource<Value> {
  value: Value | undefined;
  /** Why the last reading failed; undefined once one has succeeded. */
  error: string | undefined;
}

/** What a control route answers, read again whenever the path or the revision changes. The old value stays until the new one is there. */
export function useResource<Value>(path: string | undefined, revision: number): Resource<Value> {
  const [resource, setResource] = useState<Resource<Value>>({ value: undefined, error: undefined });
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    call<Value>("GET", path, undefined, abort.signal).then(
      (value) => {
        setResource({ value, error: undefined });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setResource((old) => ({ ...old, error: reasonOf(error) }));
      },
    );
    return () => {
      abort.abort();
    };
  }, [path, revision]);
  return resource;
}
