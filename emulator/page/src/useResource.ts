import { useEffect, useRef, useState } from "preact/hooks";
import { call, reasonOf } from "./api";

export interface Resource<Value> {
  value: Value | undefined;
  /** Why the last reading failed; undefined once one has succeeded. */
  error: string | undefined;
}

/**
 * What a control route answers, read again whenever the path or the revision changes. The old value stays until the new one is there. A
 * reading under way is finished before the next begins, so that a busy emulator's changes cannot starve a slow answer.
 */
export function useResource<Value>(path: string, revision: number): Resource<Value> {
  const [resource, setResource] = useState<Resource<Value>>({ value: undefined, error: undefined });
  const wanted = useRef(revision);
  const wake = useRef<() => void>(() => undefined);
  useEffect(() => {
    wanted.current = revision;
    wake.current();
  }, [revision]);
  useEffect(() => {
    const abort = new AbortController();
    let isReading = false;
    let had: number | undefined;
    const read = async (): Promise<void> => {
      if (isReading) return;
      isReading = true;
      while (had !== wanted.current) {
        had = wanted.current;
        try {
          const value = await call<Value>("GET", path, undefined, abort.signal);
          setResource({ value, error: undefined });
        } catch (error) {
          if (abort.signal.aborted) return;
          setResource((old) => ({ ...old, error: reasonOf(error) }));
        }
      }
      isReading = false;
    };
    wake.current = () => void read();
    void read();
    return () => {
      abort.abort();
    };
  }, [path]);
  return resource;
}
