import { useEffect, useState } from "preact/hooks";
import { withQuery } from "./api";
import type { DeviceStatusRow, ListOf, PolicyCounts } from "./api";
import type { Filter } from "./filter";
import { DeviceStatusFilter } from "./deviceStatusFilter";
import { dateTimeText, signOf } from "./statuses";
import { useResource } from "./useResource";

const ROWS_PER_PAGE = 50;

/** The rows themselves: narrowed by policy, status and text, a page at a time. */
export function DeviceStatuses(props: {
  tenantId: string | undefined;
  policies: readonly PolicyCounts[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  revision: number;
}) {
  const { tenantId, policies, filter, onFilter, revision } = props;
  const [search, setSearch] = useState("");
  const [skip, setSkip] = useState(0);
  useEffect(() => {
    setSkip(0);
  }, [tenantId, filter, search]);
  const options = { tenantId, ...filter, search: search === "" ? undefined : search, top: ROWS_PER_PAGE, skip };
  const { value, error } = useResource<ListOf<DeviceStatusRow> & { count: number }>(
    withQuery("deviceStatuses", options),
    revision,
  );
  const count = value?.count ?? 0;
  return (
    <section aria-labelledby="rows-title">
      <h2 id="rows-title">Device statuses</h2>
      <div class="bar" role="search" aria-label="Device statuses">
        <DeviceStatusFilter policies={policies} filter={filter} onFilter={onFilter} onSearch={setSearch} />
        <p role="status" class="count">
          {count === 1 ? "1 row" : `${count} rows`}
        </p>
      </div>
      {error !== undefined && <p role="alert">{error}</p>}
      <RowsTable rows={value?.value ?? []} />
      {count > ROWS_PER_PAGE && <Pager count={count} skip={skip} onSkip={setSkip} />}
    </section>
  );
}

function RowsTable({ rows }: { rows: readonly DeviceStatusRow[] }) {
  if (rows.length === 0) return <p class="empty">No device status fits.</p>;
  return (
    <div class="scroll rows" role="group" aria-labelledby="rows-title" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {["Device", "User", "Policy", "Status", "Grace period ends", "Last reported"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.deviceCompliancePolicyId}/${row.id}`}>
              <th scope="row">
                {row.deviceDisplayName ?? row.id} <small>{row.deviceModel}</small>
              </th>
              <td>{row.userPrincipalName}</td>
              <td>{row.policyDisplayName}</td>
              <td>
                <span class={`pill ${row.status}`}>
                  <span aria-hidden="true">{signOf(row.status)}</span> {row.status}
                </span>
              </td>
              <td class="number">{dateTimeText(row.complianceGracePeriodExpirationDateTime)}</td>
              <td class="number">{dateTimeText(row.lastReportedDateTime)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pager({ count, skip, onSkip }: { count: number; skip: number; onSkip: (skip: number) => void }) {
  const last = Math.min(skip + ROWS_PER_PAGE, count);
  return (
    <nav class="bar" aria-label="Pages of device statuses">
      <button
        type="button"
        disabled={skip === 0}
        onClick={() => {
          onSkip(Math.max(0, skip - ROWS_PER_PAGE));
        }}
      >
        Previous
      </button>
      <span>
        {skip + 1} to {last} of {count}
      </span>
      <button
        type="button"
        disabled={last >= count}
        onClick={() => {
          onSkip(skip + ROWS_PER_PAGE);
        }}
      >
        Next
      </button>
    </nav>
  );
}
