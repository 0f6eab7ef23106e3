import { useState } from "preact/hooks";
import { call } from "./api";
import type { Clock } from "./api";
import { RunningTime } from "./runningTime";
import { useAction } from "./useAction";

const STEPS = [
  ["+ 1 hour", "PT1H"],
  ["+ 1 day", "P1D"],
  ["+ 1 week", "P1W"],
] as const;

interface Advanced extends Clock {
  nonCompliant?: number;
}

/** The emulated tenants' time: shown, moved on, set, and put back to the machine's. */
export function ClockPanel({ clock, onChange }: { clock: Clock | undefined; onChange: () => void }) {
  const [outcome, setOutcome] = useState("");
  const { run, error } = useAction(onChange);
  const move = (body: object): void => {
    run(async () => {
      const { nonCompliant = 0 } = await call<Advanced>("POST", "clock", body);
      setOutcome(`Grace periods that ran out: ${nonCompliant}`);
    });
  };
  const back = (): void => {
    run(async () => {
      await call("DELETE", "clock");
      setOutcome("Back to the machine's time");
    });
  };
  return (
    <section aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      {clock !== undefined && <RunningTime clock={clock} />}
      <div class="bar">
        {STEPS.map(([label, advance]) => (
          <button
            key={advance}
            type="button"
            onClick={() => {
              move({ advance });
            }}
          >
            {label}
          </button>
        ))}
        <button type="button" disabled={clock?.aheadMs === 0} onClick={back}>
          Back to now
        </button>
      </div>
      <TextForm
        label="Advance by"
        placeholder="PT36H"
        button="Advance"
        onText={(advance) => {
          move({ advance });
        }}
      />
      <TextForm
        label="Set to"
        placeholder="2030-01-31T12:00:00Z"
        button="Set"
        onText={(dateTime) => {
          move({ dateTime });
        }}
      />
      <p role="status" class="outcome">
        {outcome}
      </p>
      {error !== undefined && <p role="alert">{error}</p>}
    </section>
  );
}

function TextForm(props: { label: string; placeholder: string; button: string; onText: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <form
      class="bar"
      onSubmit={(event) => {
        event.preventDefault();
        props.onText(text.trim());
      }}
    >
      <label>
        <span class="label">{props.label}</span>
        <input
          type="text"
          required
          placeholder={props.placeholder}
          value={text}
          onInput={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
      </label>
      <button type="submit">{props.button}</button>
    </form>
  );
}
