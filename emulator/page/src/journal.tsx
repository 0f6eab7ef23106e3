import { useEffect, useState } from "preact/hooks";
import { call } from "./api";
import type { JournalEntry } from "./api";
import { useAction } from "./useAction";
import { SHOWN_ENTRIES } from "./useJournal";
import type { LiveJournal } from "./useJournal";

/** So that a screen reader is told of a burst of requests once. */
const ANNOUNCE_MS = 1_000;

/** The requests as they come, the newest first. */
export function Journal({ journal }: { journal: LiveJournal }) {
  const [held, setHeld] = useState<readonly JournalEntry[]>();
  const { run, error } = useAction(() => {
    journal.forget();
    if (held !== undefined) setHeld([]);
  });
  const entries = held ?? journal.entries;
  return (
    <section aria-labelledby="journal-title">
      <h2 id="journal-title">Request journal</h2>
      <div class="bar">
        <button
          type="button"
          aria-pressed={held !== undefined}
          onClick={() => {
            setHeld(held === undefined ? journal.entries : undefined);
          }}
        >
          Pause
        </button>
        <button
          type="button"
          onClick={() => {
            run(() => call("DELETE", "requests"));
          }}
        >
          Clear
        </button>
        <a href="requests.har" download="intune-emulator.har">
          Download as HAR
        </a>
        <span class="count">the last {SHOWN_ENTRIES} at most</span>
      </div>
      <Announcement entries={entries} />
      {error !== undefined && <p role="alert">{error}</p>}
      {entries.length === 0 ? <p class="empty">No requests yet.</p> : <EntriesTable entries={entries} />}
    </section>
  );
}

/** Tells of new requests in a sentence, where reading out a table of them would never end. */
function Announcement({ entries }: { entries: readonly JournalEntry[] }) {
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => {
      const newest = entries.at(-1);
      setText(newest === undefined ? "" : `Newest request: ${newest.method} ${newest.path}, ${statusText(newest)}`);
    }, ANNOUNCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [entries]);
  return (
    <p aria-live="polite" class="announcement">
      {text}
    </p>
  );
}

function EntriesTable({ entries }: { entries: readonly JournalEntry[] }) {
  return (
    <div class="scroll entries" role="group" aria-labelledby="journal-title" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {["#", "Time", "Method", "Path", "Status", "ms", "Fault"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.toReversed().map((entry) => (
            <tr key={entry.index}>
              <th scope="row" class="number">
                {entry.index}
              </th>
              <td class="number">{entry.receivedDateTime.slice(11, 23)}</td>
              <td>{entry.method}</td>
              <td class="path">
                <PathAndBody entry={entry} />
              </td>
              <td>
                <span class={`code ${classOf(entry)}`}>{statusText(entry)}</span>
              </td>
              <td class="number">{entry.durationMs.toFixed(1)}</td>
              <td>{entry.fault !== undefined && <span class="tag">⚡ {entry.fault}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PathAndBody({ entry }: { entry: JournalEntry }) {
  const target = <code>{entry.query === "" ? entry.path : `${entry.path}?${entry.query}`}</code>;
  if (entry.requestBody === undefined) return target;
  return (
    <details>
      <summary>{target}</summary>
      <pre>{JSON.stringify(entry.requestBody, undefined, 2)}</pre>
    </details>
  );
}

function statusText({ status }: JournalEntry): string {
  return status === "dropped" ? "✕ dropped" : status >= 400 ? `✕ ${status}` : String(status);
}

function classOf({ status }: JournalEntry): string {
  return status === "dropped" || status >= 500 ? "bad" : status >= 400 ? "refused" : "good";
}
