import { call } from "./api";
import type { CountedFault } from "./api";
import { FaultForm } from "./faultForm";
import { useAction } from "./useAction";

/** The rules in place with what has become of them, and a form for another. */
export function FaultsPanel({ faults, onChange }: { faults: readonly CountedFault[]; onChange: () => void }) {
  const { run, error } = useAction(onChange);
  return (
    <section aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      {faults.length === 0 ? <p class="empty">Nothing is broken on purpose.</p> : <FaultsTable faults={faults} />}
      {faults.length > 0 && (
        <button
          type="button"
          onClick={() => {
            run(() => call("DELETE", "faults"));
          }}
        >
          Forget all faults
        </button>
      )}
      <FaultForm
        onRule={(rule) => {
          run(() => call("POST", "faults", rule));
        }}
      />
      {error !== undefined && <p role="alert">{error}</p>}
    </section>
  );
}

function FaultsTable({ faults }: { faults: readonly CountedFault[] }) {
  return (
    <div class="scroll" role="group" aria-labelledby="faults-title" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Requests</th>
            <th scope="col">Fault</th>
            <th scope="col">Seen</th>
            <th scope="col">Struck</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ rule, seen, struck }, index) => (
            <tr key={index}>
              <th scope="row">
                {rule.match?.method ?? "any"} <code>{rule.match?.path ?? "every Graph route"}</code>
              </th>
              <td>
                <code>{JSON.stringify(rule.fault)}</code> <small>{whenText(rule)}</small>
              </td>
              <td class="number">{seen}</td>
              <td class="number">{struck}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whenText({ skip = 0, times, probability }: CountedFault["rule"]): string {
  const count = times ?? (probability === undefined ? 1 : undefined);
  return [
    skip > 0 ? `after ${skip}` : "",
    count === undefined ? "" : `${count} ×`,
    probability === undefined ? "" : `with probability ${probability}`,
  ]
    .filter((text) => text !== "")
    .join(", ");
}
