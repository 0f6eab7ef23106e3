import { useState } from "preact/hooks";
import { reasonOf } from "./api";

/** Something a person asked for: `error` says why the last one failed, `onDone` is called after one that did not. */
export function useAction(onDone: () => void): {
  run: (action: () => Promise<unknown>) => void;
  error: string | undefined;
} {
  const [error, setError] = useState<string>();
  const run = (action: () => Promise<unknown>): void => {
    action().then(
      () => {
        setError(undefined);
        onDone();
      },
      (thrown: unknown) => {
        setError(reasonOf(thrown));
      },
    );
  };
  return { run, error };
}
