/**
 * `Edm.DateTimeOffset` at the service's own precision, 100 ns, without `Date`: that one truncates to milliseconds and
 * turns 30 February into 1 March.
 *
 * Lexical form: the pattern of Graph's OpenAPI (seconds and offset mandatory). Range: .NET's DateTimeOffset, which the
 * service stores: years 0001 to 9999, offsets to 14:00, seven fraction digits.
 */
const PATTERN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/;

const TICKS_PER_SECOND = 10_000_000n;
const FRACTION_DIGITS_PER_TICK = 7;
const MAX_OFFSET_MINUTES = 14 * 60;
const EXAMPLE = "2017-01-01T00:00:17.7769392-08:00";

/** An instant, in ticks of 100 ns since 0000-03-01T00:00:00Z (proleptic Gregorian; only differences carry meaning). */
export type Instant = { readonly ticks: bigint };

/** Why a text is no date-time, as the end of a sentence that starts with the property's name. */
export type DateTimeFault = { readonly fault: string };

/**
 * Read a date-time. Digits beyond 100 ns are cut, as .NET does.
 * The result has `ticks`, or `fault` naming the broken rule.
 */
export function parseDateTimeOffset(text: string): Instant | DateTimeFault {
  const match = PATTERN.exec(text);
  if (match === null) return { fault: lexicalFault(text) };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (year < 1) return { fault: "is before the year 0001" };
  if (month < 1 || month > 12) return { fault: `names month ${month}, which does not exist` };
  if (day < 1 || day > daysInMonth(year, month)) {
    return { fault: `names day ${day} of ${match[1] ?? ""}-${match[2] ?? ""}, which does not exist` };
  }
  if (hour > 23 || minute > 59 || second > 59) return { fault: "names a time of day beyond 23:59:59" };
  const offset = offsetMinutes(match[8] ?? "Z");
  if (offset === undefined) return { fault: "has an offset beyond 14:00 hours" };
  const seconds =
    BigInt(daysSinceEpoch(year, month, day)) * 86_400n + BigInt(hour * 3600 + (minute - offset) * 60 + second);
  const fraction = (match[7] ?? "").slice(0, FRACTION_DIGITS_PER_TICK).padEnd(FRACTION_DIGITS_PER_TICK, "0");
  return { ticks: seconds * TICKS_PER_SECOND + BigInt(fraction) };
}

/** True when both texts name the same instant at 100 ns. A text that is no date-time equals only itself. */
export function sameInstant(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parseDateTimeOffset(a), parseDateTimeOffset(b)];
  return "ticks" in left && "ticks" in right && left.ticks === right.ticks;
}

function lexicalFault(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `has no time of day; write it like ${EXAMPLE}`;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text)) return `has no seconds; write it like ${EXAMPLE}`;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(text))
    return "has no offset; append Z or an offset such as -08:00";
  return `is no Edm.DateTimeOffset; write it like ${EXAMPLE}`;
}

function offsetMinutes(text: string): number | undefined {
  if (text === "Z") return 0;
  const [hours = 0, minutes = 0] = text.slice(1).split(":").map(Number);
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > MAX_OFFSET_MINUTES) return undefined;
  return text.startsWith("-") ? -total : total;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 0000-03-01, counting years from March so that the leap day is the last day of a year. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month < 3 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
}
