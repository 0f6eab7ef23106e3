import { useEffect, useState } from "preact/hooks";
import type { PolicyCounts } from "./api";
import type { Filter } from "./filter";
import { STATUSES } from "./statuses";

/** A search begins when typing has paused for so long. */
const TYPING_MS = 200;

export function DeviceStatusFilter(props: {
  policies: readonly PolicyCounts[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  onSearch: (text: string) => void;
}) {
  const { policies, filter, onFilter, onSearch } = props;
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(onSearch, TYPING_MS, text.trim());
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <>
      <Choice
        label="Policy"
        value={filter.deviceCompliancePolicyId}
        options={policies.map(({ id, displayName }) => ({ value: id, text: displayName ?? id }))}
        onChoice={(deviceCompliancePolicyId) => {
          onFilter({ ...filter, deviceCompliancePolicyId });
        }}
      />
      <Choice
        label="Status"
        value={filter.status}
        options={STATUSES.map(({ name }) => ({ value: name, text: name }))}
        onChoice={(status) => {
          onFilter({ ...filter, status });
        }}
      />
      <label>
        <span class="label">Search device or user</span>
        <input
          type="search"
          value={text}
          onInput={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
      </label>
      <button
        type="button"
        onClick={() => {
          onFilter({});
          setText("");
        }}
      >
        Show all
      </button>
    </>
  );
}

function Choice(props: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; text: string }[];
  onChoice: (value: string | undefined) => void;
}) {
  return (
    <label>
      <span class="label">{props.label}</span>
      <select
        value={props.value ?? ""}
        onChange={({ currentTarget: { value } }) => {
          props.onChoice(value === "" ? undefined : value);
        }}
      >
        <option value="">all</option>
        {props.options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
