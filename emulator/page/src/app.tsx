import { useEffect, useState } from "preact/hooks";
import { withQuery } from "./api";
import type { CountedFault, Info, ListOf, PolicyCounts } from "./api";
import { ClockPanel } from "./clockPanel";
import { DeviceStatuses } from "./deviceStatuses";
import type { Filter } from "./filter";
import { FaultsPanel } from "./faultsPanel";
import { Header } from "./header";
import { Journal } from "./journal";
import { Matrix } from "./matrix";
import { useJournal } from "./useJournal";
import { useResource } from "./useResource";

/** What is changed past the journal (the clock, a seed, another page) is seen this late at most. */
const REFRESH_MS = 2_000;

export function App() {
  const [tenantId, setTenantId] = useState<string>();
  const [filter, setFilter] = useState<Filter>({});
  const [revision, setRevision] = useState(0);
  const journal = useJournal();
  const touch = (): void => {
    setRevision((count) => count + 1);
  };
  useEffect(touch, [journal.entries]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) touch();
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const info = useResource<Info>("info", revision);
  const matrix = useResource<ListOf<PolicyCounts>>(withQuery("matrix", { tenantId }), revision);
  const faults = useResource<ListOf<CountedFault>>("faults", revision);
  const policies = matrix.value?.value ?? [];
  const chooseTenant = (id: string): void => {
    setTenantId(id);
    setFilter({});
  };
  return (
    <>
      <a class="skip" href="#matrix">
        Skip to the matrix
      </a>
      <Header
        info={info.value}
        tenantId={tenantId}
        onTenant={chooseTenant}
        onChange={touch}
        isConnected={journal.isConnected}
      />
      <main>
        <div class="columns">
          <div class="column">
            <Matrix policies={policies} error={matrix.error} filter={filter} onFilter={setFilter} />
            <DeviceStatuses
              tenantId={tenantId}
              policies={policies}
              filter={filter}
              onFilter={setFilter}
              revision={revision}
            />
          </div>
          <div class="column">
            <ClockPanel clock={info.value?.clock} onChange={touch} />
            <FaultsPanel faults={faults.value?.value ?? []} onChange={touch} />
          </div>
        </div>
        <Journal journal={journal} />
      </main>
    </>
  );
}
