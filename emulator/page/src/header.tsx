import { call } from "./api";
import type { Info } from "./api";
import { useAction } from "./useAction";

export function Header(props: {
  info: Info | undefined;
  tenantId: string | undefined;
  onTenant: (tenantId: string) => void;
  onChange: () => void;
  isConnected: boolean;
}) {
  const { info, tenantId, onTenant, onChange, isConnected } = props;
  const { run, error } = useAction(onChange);
  const setProfile = (profile: string): void => {
    run(() => call("PUT", "profile", { profile }));
  };
  return (
    <header>
      <h1>
        Intune emulator <small>{info?.version}</small>
      </h1>
      <p class="endpoint">
        <span class="label">Graph endpoint</span> <code>{info?.graphEndpoint}</code>
        {info?.quota === true && <span class="tag">quota enforced</span>}
      </p>
      <label>
        <span class="label">Tenant</span>
        <select
          value={tenantId ?? info?.tenants[0]?.tenantId ?? ""}
          onChange={(event) => {
            onTenant(event.currentTarget.value);
          }}
        >
          {info?.tenants.map((tenant) => (
            <option key={tenant.tenantId} value={tenant.tenantId}>
              {tenant.tenantId}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="label">Profile</span>
        <select
          value={info?.profile ?? ""}
          onChange={(event) => {
            setProfile(event.currentTarget.value);
          }}
        >
          <option value="documented">documented</option>
          <option value="observed">observed</option>
        </select>
      </label>
      <p role="status" class={isConnected ? "live" : "live lost"}>
        {isConnected ? "● Connected" : "○ No answer from the emulator: trying again"}
      </p>
      {error !== undefined && <p role="alert">{error}</p>}
    </header>
  );
}
