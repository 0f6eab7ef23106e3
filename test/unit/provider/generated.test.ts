import fc from "fast-check";
import { check } from "../../../provider/src/lifecycle/check";
import { diff } from "../../../provider/src/lifecycle/diff";
import { mergedOuts, toOuts } from "../../../provider/src/lifecycle/outs";
import { entityKey, equalEntity } from "../../../provider/src/model/equality";
import { changedProperties, createBody, updateBody } from "../../../provider/src/model/body";
import { deviceComplianceDeviceStatus as descriptor } from "../../../provider/src/model/deviceComplianceDeviceStatus";
import { readWireEntity } from "../../../provider/src/model/wireEntity";
import { DOCUMENTED_EXAMPLE } from "../../support/example";

const RUNS = 10_000;
const NAMES: readonly string[] = [...descriptor.parentKeys, ...descriptor.properties.map(({ name }) => name)];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Any JSON, with the texts that matter here among it. */
const anyValue = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(DOCUMENTED_EXAMPLE)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      UNKNOWN,
      "",
      " ",
      "__proto__",
      "constructor",
      "\u0000",
      "2020-02-30T00:00:00Z",
      "9".repeat(5000),
    ),
  },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);
const anyKey = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.string(), fc.constantFrom("__provider", "__proto__", "constructor", "toString")),
  },
);
const anyInputs = fc
  .array(fc.tuple(anyKey, anyValue), { maxLength: 14 })
  .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);
const runs = { numRuns: RUNS, seed: 20261123 };

test("check: no input makes it fail, and every refusal names a property of the resource or of the input", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const known = [...NAMES, ...Object.keys(inputs)];
      for (const { property, reason } of check(descriptor, inputs)) {
        const named = property === "" ? known.some((name) => reason.startsWith(`${name} `)) : NAMES.includes(property);
        if (!named || reason.length > 6000) return false;
      }
      return true;
    }),
    runs,
  );
});

test("check: what it lets through is what Graph's types allow", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      if (check(descriptor, inputs).length > 0) return true;
      return descriptor.properties.every(({ name, edmType, nullable }) => {
        const value = inputs[name];
        if (JSON.stringify(value ?? null).includes(UNKNOWN)) return true;
        if (value === null || value === undefined) return nullable;
        return edmType === "Edm.Int32" ? Number.isInteger(value) : typeof value === "string";
      });
    }),
    runs,
  );
});

test("diff: never fails, says no change of a thing to itself, and agrees with the body of the PATCH", () => {
  fc.assert(
    fc.property(anyInputs, anyInputs, (olds, news) => {
      const { changes, replaces } = diff(descriptor, olds, news);
      const changed = changedProperties(descriptor, olds, news);
      expect(changes).toBe(replaces.length + changed.length > 0);
      expect(Object.keys(updateBody(descriptor, changed, news))).toEqual(["@odata.type", ...changed]);
      const scalars = Object.fromEntries(Object.entries(olds).filter(([, value]) => typeof value !== "object"));
      if (!JSON.stringify(scalars).includes(UNKNOWN)) {
        const same = { deviceCompliancePolicyId: "p", ...scalars };
        expect(diff(descriptor, same, { ...same }).changes).toBe(Object.values(same).some(Number.isNaN));
      }
    }),
    runs,
  );
});

test("bodies and outputs survive the way through JSON, and hold nothing that is not the entity's", () => {
  fc.assert(
    fc.property(anyInputs, anyInputs, (olds, news) => {
      const body = createBody(descriptor, news);
      expect(Object.keys(body).every((key) => key === "@odata.type" || NAMES.includes(key))).toBe(true);
      const read = readWireEntity(descriptor, JSON.parse(JSON.stringify({ id: "id", ...body })));
      const outs =
        "entity" in read ? toOuts(descriptor, news, read.entity) : mergedOuts(descriptor, olds, [...NAMES], news);
      for (const [key, value] of Object.entries(outs)) {
        expect(NAMES).toContain(key);
        expect(value ?? null).not.toBeNull();
      }
    }),
    runs,
  );
});

test("what Graph answers is read or refused by name, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(anyInputs, fc.jsonValue()), fc.option(anyValue), (answer, id) => {
      const json: unknown =
        typeof answer === "object" && answer !== null && !Array.isArray(answer) && id !== null
          ? { ...answer, id }
          : answer;
      const read = readWireEntity(descriptor, json);
      return "fault" in read ? read.fault.startsWith("the answer") : read.entity.id !== "";
    }),
    runs,
  );
});

test("two bags have one key exactly if they mean the same, dates in other spellings included", () => {
  const dates = ["2017-01-01T00:00:00Z", "2016-12-31T16:00:00.000-08:00", "2017-01-01T00:00:00.0000001Z", "", null];
  const bag = fc.record(
    {
      lastReportedDateTime: fc.constantFrom(...dates),
      deviceModel: fc.constantFrom("2017-01-01T00:00:00Z", "2016-12-31T16:00:00.000-08:00", "", null),
      platform: fc.constantFrom(0, 1),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(bag, bag, (one, other) => {
      const haveOneKey = entityKey(descriptor, one) === entityKey(descriptor, other);
      expect(haveOneKey).toBe(equalEntity(descriptor, one, other));
    }),
    runs,
  );
});
