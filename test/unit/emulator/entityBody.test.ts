import { deviceComplianceDeviceStatus as type } from "../../../emulator/src/model/deviceComplianceDeviceStatus";
import type { JsonObject } from "../../../emulator/src/model/json";
import { readChanges, readNewEntity } from "../../../emulator/src/graph/entityBody";
import { DOCUMENTED_REQUEST } from "./support/graphClient";

const SMALLEST: JsonObject = {
  platform: 0,
  complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  status: "compliant",
  lastReportedDateTime: "2026-01-02T03:04:05.6789012Z",
};

test("new: the documentation's example is taken as it stands", () => {
  const properties = without(DOCUMENTED_REQUEST, "@odata.type");
  expect(readNewEntity(type, "beta", DOCUMENTED_REQUEST, "k")).toEqual({ id: "k", ...properties });
});

test("new: the nullable properties may be missing and are null then", () => {
  const nulls = { deviceDisplayName: null, userName: null, deviceModel: null, userPrincipalName: null };
  expect(readNewEntity(type, "beta", SMALLEST, "k")).toEqual({ id: "k", ...SMALLEST, ...nulls });
});

test("new: annotations that are not ours to know are ignored", () => {
  const body = { ...SMALLEST, "@odata.context": "x", "deviceModel@odata.type": "#String" };
  expect(Object.keys(readNewEntity(type, "beta", body, "k")).filter((name) => name.includes("@"))).toEqual([]);
});

function without(body: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
}

/** Not by spreading: that would lose a property named __proto__. */
function together(one: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries([...Object.entries(one), ...Object.entries(other)]);
}

const MISFITS: [string, JsonObject, RegExp][] = [
  ["an unknown property", { deviceID: "x" }, /'deviceID' does not exist/],
  ["a property of Object's prototype", { constructor: "x" }, /'constructor' does not exist/],
  ["__proto__", JSON.parse('{"__proto__": {"status": "error"}}') as JsonObject, /'__proto__' does not exist/],
  ["a property in another case", { Status: "compliant" }, /'Status' does not exist/],
  ["a number for a string", { deviceModel: 1 }, /'deviceModel' .* must be a string/],
  ["an object for a string", { userName: {} }, /'userName' .* must be a string/],
  ["null for a non-nullable date", { lastReportedDateTime: null }, /'lastReportedDateTime' .* must not be null/],
  ["null for the enum", { status: null }, /'status' .* must not be null/],
  ["null for platform", { platform: null }, /'platform' .* must not be null/],
  ["a date without offset", { lastReportedDateTime: "2026-01-02T03:04:05" }, /'lastReportedDateTime' .* offset/],
  ["a day that is not in the calendar", { lastReportedDateTime: "2026-02-30T03:04:05Z" }, /'lastReportedDateTime'/],
  ["a date as a number", { lastReportedDateTime: 1767323045 }, /'lastReportedDateTime'/],
  ["an enum member in another case", { status: "noncompliant" }, /'status' .* nonCompliant, error.*case-sensitive/],
  ["an enum member's number", { status: 2 }, /'status'/],
  ["a fraction for platform", { platform: 1.5 }, /'platform' .*Edm\.Int32/],
  ["platform past Int32", { platform: 2147483648 }, /'platform' .*2147483647/],
  ["platform below Int32", { platform: -2147483649 }, /'platform' .*-2147483648/],
  ["platform as text", { platform: "8" }, /'platform'/],
  [
    "another @odata.type",
    { "@odata.type": "#microsoft.graph.deviceConfigurationDeviceStatus" },
    /'@odata.type' must be #microsoft/,
  ],
  [
    "an @odata.type without namespace",
    { "@odata.type": "deviceComplianceDeviceStatus" },
    /'@odata.type' must be a type name/,
  ],
  ["an @odata.type that is no text", { "@odata.type": 7 }, /'@odata.type' must be a type name/],
];

test.each(MISFITS)("new and changes: %s is refused by name", (_, part, message) => {
  expect(() => readNewEntity(type, "beta", together(SMALLEST, part), "k")).toThrow(message);
  expect(() => readChanges(type, "beta", "id", part)).toThrow(message);
});

test.each([-2147483648, 0, 2147483647])("platform %i is an Int32", (platform) => {
  expect(readChanges(type, "beta", "id", { platform })).toEqual({ platform });
});

test.each(["complianceGracePeriodExpirationDateTime", "lastReportedDateTime", "status", "platform"])(
  "new: a missing %s is refused by name",
  (name) => {
    const rest = without(SMALLEST, name);
    expect(() => readNewEntity(type, "beta", rest, "k")).toThrow(
      `Property '${name}' of microsoft.graph.deviceComplianceDeviceStatus is required`,
    );
  },
);

test("v1.0: platform does not exist, so it is not asked for and not taken", () => {
  const rest = without(SMALLEST, "platform");
  expect(readNewEntity(type, "v1.0", rest, "k")["platform"]).toBe(0);
  expect(() => readNewEntity(type, "v1.0", SMALLEST, "k")).toThrow("Property 'platform' does not exist");
});

test("new: an id is refused", () => {
  expect(() => readNewEntity(type, "beta", { ...SMALLEST, id: "mine" }, "k")).toThrow("'id'");
});

test("changes: only what is given; an id that repeats the key is let through, another is refused", () => {
  expect(readChanges(type, "beta", "k", { id: "k", status: "error", deviceModel: null })).toEqual({
    status: "error",
    deviceModel: null,
  });
  expect(() => readChanges(type, "beta", "k", { id: "l" })).toThrow(
    "'id' of microsoft.graph.deviceComplianceDeviceStatus cannot be changed",
  );
});
