import { parseDateTimeOffset } from "pulumi-intune/model";

/** Date, time with seconds, fraction, offset: what people write besides `Edm.DateTimeOffset` and leave no doubt about. */
const LOOSE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,7})?) ?(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d)?)$/i;

/**
 * The `Edm.DateTimeOffset` spelling of a date-time that is written otherwise; undefined if it is right as it stands, or
 * if anything would have to be guessed: a missing offset, missing seconds, a day that does not exist.
 */
export function correctDateTime(text: string): string | undefined {
  if ("ticks" in parseDateTimeOffset(text)) return undefined;
  const match = LOOSE.exec(text);
  if (match === null) return undefined;
  const [, date = "", time = "", utc, hours = "", minutes = "00"] = match;
  const corrected = `${date}T${time}${utc === undefined ? `${hours}:${minutes}` : "Z"}`;
  return "ticks" in parseDateTimeOffset(corrected) ? corrected : undefined;
}
