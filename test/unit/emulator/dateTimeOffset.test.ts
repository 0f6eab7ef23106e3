import {
  formatDateTimeOffset,
  isDateTimeOffset,
  parseDateTimeOffset,
  toServiceSpelling,
} from "../../../emulator/src/model/dateTimeOffset";

test.each([
  // Both dates of the documentation's examples (intune-deviceconfig-devicecompliancedevicestatus-create.md).
  ["2016-12-31T23:56:44.951111-08:00", "2017-01-01T07:56:44.9511110Z"],
  ["2017-01-01T00:00:17.7769392-08:00", "2017-01-01T08:00:17.7769392Z"],
  // The service's "never" and "no end".
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z"],
  ["9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"],
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000Z"],
  ["2026-01-02T03:04:05.6-00:00", "2026-01-02T03:04:05.6000000Z"],
  ["2024-02-29T23:30:00+14:00", "2024-02-29T09:30:00.0000000Z"],
  ["2000-02-29T00:00:00-14:00", "2000-02-29T14:00:00.0000000Z"],
  ["2023-12-31T23:59:59.123456789012-00:01", "2024-01-01T00:00:59.1234567Z"],
  ["0001-01-01T05:30:00+05:30", "0001-01-01T00:00:00.0000000Z"],
])("%s is %s in the service's spelling", (text, expected) => {
  expect(toServiceSpelling(text)).toBe(expected);
  expect(isDateTimeOffset(text)).toBe(true);
});

test.each([
  "",
  "2026-01-02",
  "2026-01-02T03:04Z",
  "2026-01-02T03:04:05",
  "2026-01-02 03:04:05Z",
  "2026-01-02t03:04:05z",
  "2026-02-30T00:00:00Z",
  "2023-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-01-02T24:00:00Z",
  "2026-01-02T03:04:60Z",
  "2026-01-02T03:04:05.Z",
  "2026-01-02T03:04:05.1234567890123Z",
  "2026-01-02T03:04:05+14:01",
  "2026-01-02T03:04:05+02:60",
  "2026-01-02T03:04:05+0200",
  "0000-01-01T00:00:00Z",
  "10000-01-01T00:00:00Z",
  "-0001-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01",
  "9999-12-31T23:59:59.9999999-00:01",
  " 2026-01-02T03:04:05Z",
  "2026-01-02T03:04:05Z\n",
])("%j is no DateTimeOffset", (text) => {
  expect(parseDateTimeOffset(text)).toBeUndefined();
  expect(isDateTimeOffset(text)).toBe(false);
});

test("instants are compared at 100 ns: the last tick of a second is not the next second", () => {
  const last = parseDateTimeOffset("2026-01-02T03:04:05.9999999Z") ?? 0n;
  expect(parseDateTimeOffset("2026-01-02T03:04:06Z")).toBe(last + 1n);
});

test("every day from year 1 to 9999 that Date knows too is written as Date writes it", () => {
  const firstDay = -62_135_596_800_000;
  for (let day = 0; day < 3_652_059; day += 997) {
    const expected = new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10);
    const ticks = BigInt(day) * 864_000_000_000n;
    expect(formatDateTimeOffset(ticks)).toBe(`${expected}T00:00:00.0000000Z`);
    expect(parseDateTimeOffset(formatDateTimeOffset(ticks))).toBe(ticks);
  }
});

test("what is a date and what has ticks is the same for every day there may be in a year, and for each fault in form", () => {
  const two = (value: number): string => String(value).padStart(2, "0");
  const forms = ["T00:00:00Z", "T23:59:59.123Z", "T24:00:00Z", "T00:00:00+05:30", "T00:00:00", "t00:00:00Z"];
  for (const year of ["0000", "0001", "1900", "2000", "2023", "2024", "9999", "10000"]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const texts = forms.map((time) => `${year}-${two(month)}-${two(day)}${time}`);
        expect(texts.map(isDateTimeOffset)).toEqual(texts.map((text) => parseDateTimeOffset(text) !== undefined));
      }
    }
  }
});
