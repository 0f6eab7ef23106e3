/**
 * Edm.DateTimeOffset at the precision of the service: 100 ns ticks, as .NET counts them from 0001-01-01T00:00:00Z.
 * Never through `Date`, which keeps milliseconds only and takes 2020-02-30 for 1 March.
 */

/** Lexical form: `pattern` of Edm.DateTimeOffset in Microsoft's OpenAPI description of Graph, with groups added. */
const PATTERN =
  /^(\d{4,})-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,12}))?(Z|([+-])(\d\d):(\d\d))$/;

/** The dates that need neither calendar nor clock to be known as good: all in UTC but 29 February and the year 0. */
const PLAIN =
  /^(?!0000)\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?Z$/;

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_MS = 10_000n;
const SECONDS_PER_DAY = 86_400n;
const FRACTION_DIGITS = 7;
/** .NET DateTimeOffset: years 1–9999, offset at most 14:00 either way. */
const MAX_YEAR = 9999;
const MAX_OFFSET_MINUTES = 14 * 60;
const DAYS_0001_TO_9999 = 3_652_059n;
const MAX_TICKS = DAYS_0001_TO_9999 * SECONDS_PER_DAY * TICKS_PER_SECOND - 1n;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 0001-01-01, proleptic Gregorian calendar. */
function daysSinceStart(year: number, month: number, day: number): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let earlier = 1; earlier < month; earlier++) days += daysInMonth(year, earlier);
  return days + day - 1;
}

/** The parts of a text that is one in form and calendar. */
function readParts(text: string): { match: RegExpExecArray; year: number; offsetMinutes: number } | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  if (year < 1 || year > MAX_YEAR || Number(match[3]) > daysInMonth(year, Number(match[2]))) return undefined;
  const [sign, offsetHour = "0", offsetMinute = "0"] = match.slice(9);
  const offsetMinutes = Number(offsetHour) * 60 + Number(offsetMinute);
  if (Number(offsetMinute) > 59 || offsetMinutes > MAX_OFFSET_MINUTES) return undefined;
  return { match, year, offsetMinutes: sign === "-" ? -offsetMinutes : offsetMinutes };
}

/** True for what parseDateTimeOffset reads. Only at the two ends of the calendar an offset can carry a date out of it. */
export function isDateTimeOffset(text: string): boolean {
  if (PLAIN.test(text)) return true;
  const parts = readParts(text);
  if (parts === undefined) return false;
  const { year, offsetMinutes } = parts;
  return offsetMinutes === 0 || (year > 1 && year < MAX_YEAR) || parseDateTimeOffset(text) !== undefined;
}

/**
 * Ticks of a DateTimeOffset text, or undefined when the text is none.
 * Assumption: digits past the seventh are cut off, not rounded (no source says which).
 */
export function parseDateTimeOffset(text: string): bigint | undefined {
  const parts = readParts(text);
  if (parts === undefined) return undefined;
  const { match, year, offsetMinutes } = parts;
  const [, , month, day, hour, minute, second, fraction = ""] = match;
  const secondOfDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const utcSeconds =
    BigInt(daysSinceStart(year, Number(month), Number(day))) * SECONDS_PER_DAY +
    BigInt(secondOfDay - offsetMinutes * 60);
  const ticks = utcSeconds * TICKS_PER_SECOND + BigInt(fraction.padEnd(FRACTION_DIGITS, "0").slice(0, FRACTION_DIGITS));
  return ticks < 0n || ticks > MAX_TICKS ? undefined : ticks;
}

/** Ticks of 1970-01-01T00:00:00Z. */
const UNIX_START_TICKS = 621_355_968_000_000_000n;

/** Milliseconds since 1970-01-01T00:00:00Z, rounded up, so that it is never before the instant. */
export function unixMsOf(ticks: bigint): number {
  const sinceStart = ticks - UNIX_START_TICKS;
  // BigInt division goes towards zero.
  const isBetween = sinceStart > 0n && sinceStart % TICKS_PER_MS !== 0n;
  return Number(sinceStart / TICKS_PER_MS) + (isBetween ? 1 : 0);
}

/** The one spelling captures of the service show: UTC, `Z`, seven fraction digits. */
export function formatDateTimeOffset(ticks: bigint): string {
  const fraction = String(ticks % TICKS_PER_SECOND).padStart(FRACTION_DIGITS, "0");
  const seconds = ticks / TICKS_PER_SECOND;
  const secondOfDay = Number(seconds % SECONDS_PER_DAY);
  let days = Number(seconds / SECONDS_PER_DAY);
  let year = 1 + Math.floor(days / 366);
  while (daysSinceStart(year + 1, 1, 1) <= days) year++;
  days -= daysSinceStart(year, 1, 1);
  let month = 1;
  for (; days >= daysInMonth(year, month); month++) days -= daysInMonth(year, month);
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(days + 1)}`;
  const time = `${two(Math.floor(secondOfDay / 3600))}:${two(Math.floor(secondOfDay / 60) % 60)}:${two(secondOfDay % 60)}`;
  return `${date}T${time}.${fraction}Z`;
}

/** A valid text in the service's own spelling; anything else unchanged. */
export function toServiceSpelling(text: string): string {
  const ticks = parseDateTimeOffset(text);
  return ticks === undefined ? text : formatDateTimeOffset(ticks);
}
