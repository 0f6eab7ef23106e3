import { useState } from "preact/hooks";
import type { PolicyCounts } from "./api";
import type { Filter } from "./filter";
import { platformOf, STATUSES } from "./statuses";

/** Drawn at once; a tenant of thousands of policies stays usable. */
const SHOWN_POLICIES = 100;

interface MatrixProps {
  policies: readonly PolicyCounts[];
  error: string | undefined;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** Compliance policies × statuses. A number is a button that narrows the rows below to what it counts. */
export function Matrix({ policies, error, filter, onFilter }: MatrixProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? policies : policies.slice(0, SHOWN_POLICIES);
  return (
    <section id="matrix" aria-labelledby="matrix-title" tabIndex={-1}>
      <h2 id="matrix-title">Policies × statuses</h2>
      {error !== undefined && <p role="alert">{error}</p>}
      {policies.length === 0 ? (
        <p class="empty">
          No compliance policies yet. They appear here as soon as a client creates one below{" "}
          <code>/beta/deviceManagement/deviceCompliancePolicies</code>.
        </p>
      ) : (
        <div class="scroll" role="group" aria-labelledby="matrix-title" tabIndex={0}>
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">Policy</th>
                {STATUSES.map(({ name, sign }) => (
                  <th key={name} scope="col" class={`head ${name}`}>
                    <span class="sign" aria-hidden="true">
                      {sign}
                    </span>{" "}
                    {name}
                  </th>
                ))}
                <th scope="col">All</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((policy) => (
                <PolicyRow key={policy.id} policy={policy} filter={filter} onFilter={onFilter} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length < policies.length && (
        <button
          type="button"
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all {policies.length} policies
        </button>
      )}
    </section>
  );
}

function PolicyRow({ policy, filter, onFilter }: { policy: PolicyCounts } & Pick<MatrixProps, "filter" | "onFilter">) {
  const name = policy.displayName ?? policy.id;
  const total = Object.values(policy.counts).reduce((sum, count) => sum + count, 0);
  const cell = (status: string | undefined, count: number) => (
    <button
      type="button"
      aria-pressed={filter.deviceCompliancePolicyId === policy.id && filter.status === status}
      aria-label={`${count} ${status ?? "in all"}, ${name}: show the rows`}
      onClick={() => {
        onFilter({ deviceCompliancePolicyId: policy.id, status });
      }}
    >
      {count}
    </button>
  );
  return (
    <tr>
      <th scope="row">
        {name} <small>{platformOf(policy["@odata.type"])}</small>
      </th>
      {STATUSES.map(({ name: status }) => {
        const count = policy.counts[status] ?? 0;
        return (
          <td key={status} class={count > 0 ? `filled ${status}` : "zero"}>
            {count > 0 ? cell(status, count) : "0"}
          </td>
        );
      })}
      <td class="total">{cell(undefined, total)}</td>
    </tr>
  );
}
