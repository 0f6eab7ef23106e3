import { parseDateTimeOffset, sameInstant } from "../../../provider/src/model/dateTimeOffset";

describe("parseDateTimeOffset", () => {
  const ticks = (text: string): bigint => {
    const parsed = parseDateTimeOffset(text);
    if ("fault" in parsed) throw new Error(`${text} ${parsed.fault}`);
    return parsed.ticks;
  };

  test.each([
    ["one tick", "2017-01-01T00:00:00.0000001Z", "2017-01-01T00:00:00Z", 1n],
    ["a leap day", "2020-03-01T00:00:00Z", "2020-02-29T00:00:00Z", 86_400n * 10_000_000n],
    ["no leap day in 1900", "1900-03-01T00:00:00Z", "1900-02-28T00:00:00Z", 86_400n * 10_000_000n],
    ["a leap day in 2000", "2000-03-01T00:00:00Z", "2000-02-28T00:00:00Z", 2n * 86_400n * 10_000_000n],
    ["a year's turn", "2017-01-01T00:00:00Z", "2016-12-31T23:59:59Z", 10_000_000n],
    ["an offset", "2017-01-01T00:00:00-08:00", "2017-01-01T00:00:00Z", 8n * 3_600n * 10_000_000n],
    ["the whole range", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", 3_155_378_975_999_999_999n],
  ])("%s is as long as .NET says", (_name, later, earlier, difference) => {
    expect(ticks(later) - ticks(earlier)).toBe(difference);
  });

  test("agrees with Date where Date can tell, over 400 years", () => {
    for (let year = 1800; year < 2200; year++) {
      const text = `${String(year)}-03-01T12:34:56.789Z`;
      const difference = ticks(text) - ticks("1970-01-01T00:00:00Z");
      expect(difference).toBe(BigInt(Date.parse(text)) * 10_000n);
    }
  });

  test.each([
    ["2020-02-30T00:00:00Z", "names day 30 of 2020-02, which does not exist"],
    ["2019-02-29T00:00:00Z", "names day 29 of 2019-02, which does not exist"],
    ["2020-04-31T00:00:00Z", "names day 31 of 2020-04, which does not exist"],
    ["2020-13-01T00:00:00Z", "names month 13, which does not exist"],
    ["0000-01-01T00:00:00Z", "is before the year 0001"],
    ["2020-01-01T24:00:00Z", "names a time of day beyond 23:59:59"],
    ["2020-01-01T00:00:60Z", "names a time of day beyond 23:59:59"],
    ["2020-01-01T00:00:00+14:01", "has an offset beyond 14:00 hours"],
    ["2020-01-01", "has no time of day; write it like 2017-01-01T00:00:17.7769392-08:00"],
    ["2020-01-01T00:00Z", "has no seconds; write it like 2017-01-01T00:00:17.7769392-08:00"],
    ["2020-01-01T00:00:00", "has no offset; append Z or an offset such as -08:00"],
    ["2020-01-01T00:00:00.Z", "is no Edm.DateTimeOffset; write it like 2017-01-01T00:00:17.7769392-08:00"],
    ["12020-01-01T00:00:00Z", "is no Edm.DateTimeOffset; write it like 2017-01-01T00:00:17.7769392-08:00"],
    ["", "is no Edm.DateTimeOffset; write it like 2017-01-01T00:00:17.7769392-08:00"],
  ])("%s %s", (text, fault) => {
    expect(parseDateTimeOffset(text)).toEqual({ fault });
  });
});

describe("sameInstant", () => {
  test.each([
    ["2016-12-31T23:56:44.951111-08:00", "2017-01-01T07:56:44.9511110Z", true],
    ["2017-01-01T00:00:17.7769392-08:00", "2017-01-01T08:00:17.7769392Z", true],
    ["2017-01-01T00:00:17.7769392-08:00", "2017-01-01T08:00:17.7769393Z", false],
    ["2017-01-01T00:00:00.12345678Z", "2017-01-01T00:00:00.1234567Z", true],
    ["not a date", "not a date", true],
    ["not a date", "2017-01-01T00:00:00Z", false],
  ])("%s and %s: %s", (a, b, same) => {
    expect(sameInstant(a, b)).toBe(same);
  });
});
