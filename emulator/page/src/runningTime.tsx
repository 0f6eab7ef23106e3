import { useEffect, useState } from "preact/hooks";
import type { Clock } from "./api";
import { dateTimeText } from "./statuses";

/** The time as it runs on between two readings. */
export function RunningTime({ clock }: { clock: Clock }) {
  const [, setTick] = useState(0);
  const [offsetMs, setOffsetMs] = useState(() => Date.parse(clock.dateTime) - Date.now());
  useEffect(() => {
    setOffsetMs(Date.parse(clock.dateTime) - Date.now());
  }, [clock]);
  useEffect(() => {
    const timer = setInterval(() => {
      setTick((count) => count + 1);
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const dateTime = new Date(Date.now() + offsetMs).toISOString();
  return (
    <p class="time">
      <time dateTime={dateTime}>{dateTimeText(dateTime)}</time>
      <span class="ahead">{aheadText(clock.aheadMs)}</span>
    </p>
  );
}

function aheadText(aheadMs: number): string {
  if (aheadMs === 0) return "the machine's time";
  const hours = Math.abs(aheadMs) / 3_600_000;
  const amount = hours >= 48 ? `${Math.round(hours / 24)} days` : `${Math.round(hours * 10) / 10} hours`;
  return aheadMs > 0 ? `${amount} ahead` : `${amount} behind`;
}
