import type { Look, SettingKey } from "./settingsTable";

/** Read one setting of a kind; what cannot be it becomes a fault that names the key and the rule. */
type Read<T> = (key: SettingKey, fallback: T, look: Look, faults: string[]) => T;

/** A time in seconds, decimals allowed, as milliseconds. */
export const readMilliseconds: Read<number> = (key, fallback, look, faults) => {
  const text = look(key)?.text;
  if (text === undefined) return fallback;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400))
    faults.push(`intune:${key} must be a number of seconds from above 0 to 86400`);
  return seconds * 1000;
};

export const readSwitch: Read<boolean> = (key, fallback, look, faults) => {
  const text = look(key)?.text.toLowerCase() ?? (fallback ? "on" : "off");
  if (text !== "on" && text !== "off") faults.push(`intune:${key} must be on or off`);
  return text === "on";
};

export const readCount: Read<number> = (key, fallback, look, faults) => {
  const number = Number(look(key)?.text ?? fallback);
  if (!(Number.isInteger(number) && number >= 1 && number <= 100_000))
    faults.push(`intune:${key} must be a whole number from 1 to 100000`);
  return number;
};
