import { useState } from "preact/hooks";
import { FAULT_KINDS } from "./faultKinds";
import type { FaultField } from "./faultKinds";

/** Asks for a fault rule as the control API takes it. What is wrong with it, the emulator says. */
export function FaultForm({ onRule }: { onRule: (rule: object) => void }) {
  const [kindName, setKindName] = useState("status");
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({ Times: "1" });
  const kind = FAULT_KINDS.find(({ name }) => name === kindName);
  const textOf = ({ label, initial }: FaultField): string => texts[label] ?? initial;
  const field = (one: FaultField) => (
    <Field
      key={one.label}
      field={one}
      value={textOf(one)}
      onText={(text) => {
        setTexts((old) => ({ ...old, [one.label]: text }));
      }}
    />
  );
  const submit = (): void => {
    if (kind === undefined) return;
    const [method, path] = [textOf(METHOD), textOf(PATH).trim()];
    onRule({
      match: { ...(method === "any" ? {} : { method }), ...(path === "" ? {} : { path }) },
      ...numberOf("skip", textOf(SKIP)),
      ...numberOf("times", textOf(TIMES)),
      ...numberOf("probability", textOf(PROBABILITY)),
      fault: kind.toFault(...kind.fields.map(textOf)),
    });
  };
  return (
    <form
      class="fields"
      aria-label="Add a fault"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="wide">
        <span class="label">Fault</span>
        <select
          value={kindName}
          onChange={({ currentTarget: { value } }) => {
            setKindName(value);
          }}
        >
          {FAULT_KINDS.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {kind?.fields.map(field)}
      {[METHOD, PATH, TIMES, SKIP, PROBABILITY].map(field)}
      <button type="submit">Add fault</button>
    </form>
  );
}

const METHOD: FaultField = {
  label: "Method",
  initial: "any",
  options: ["any", "GET", "POST", "PATCH", "PUT", "DELETE"],
};
const PATH: FaultField = { label: "Path (glob)", initial: "" };
const TIMES: FaultField = { label: "Times", initial: "", isNumber: true };
const SKIP: FaultField = { label: "Let through first", initial: "", isNumber: true };
const PROBABILITY: FaultField = { label: "Probability", initial: "", isNumber: true };

function numberOf(name: string, text: string): Record<string, number> {
  return text === "" ? {} : { [name]: Number(text) };
}

function Field({ field, value, onText }: { field: FaultField; value: string; onText: (text: string) => void }) {
  const { label, options, isNumber = false } = field;
  return (
    <label>
      <span class="label">{label}</span>
      {options === undefined ? (
        <input
          type="text"
          inputMode={isNumber ? "decimal" : "text"}
          value={value}
          onInput={({ currentTarget }) => {
            onText(currentTarget.value);
          }}
        />
      ) : (
        <select
          value={value}
          onChange={({ currentTarget }) => {
            onText(currentTarget.value);
          }}
        >
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </label>
  );
}
