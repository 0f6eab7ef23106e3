import { secret, startAnalyzer, UNKNOWN, type Analyzer, type Properties } from "pulumi-intune-policies/testing";
import { FIXTURE, PACK, SOUND_FIXTURE } from "../support/policyFixtures";

const CORRECTABLE: Properties = {
  ...SOUND_FIXTURE,
  __provider: secret("exports.handler=()=>1;"),
  userName: secret("Fixture Ada"),
  deviceModel: UNKNOWN,
  platform: UNKNOWN,
  status: "NON_COMPLIANT",
  lastReportedDateTime: secret("2026-01-31 09:30:00 UTC"),
};

describe("remediation in the engine's process", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK);
  });
  afterAll(() => analyzer.stop());

  it("changes nothing unless a policy is set to remediate", async () => {
    for (const file of [{}, { all: "mandatory" }, { all: "advisory" }]) {
      await analyzer.configureWith(file);
      expect(await analyzer.remediate({ type: FIXTURE, name: "fixture", props: CORRECTABLE })).toEqual([]);
    }
  });

  it("corrects status and date-times, and keeps the provider's text, secrets and unknown values", async () => {
    await analyzer.configureWith({ "status-enum": "remediate", "datetime-format": "remediate" });
    const corrected = { ...CORRECTABLE, status: "nonCompliant" };
    expect(await analyzer.remediate({ type: FIXTURE, name: "fixture", props: CORRECTABLE })).toEqual([
      { policy: "status-enum", diagnostic: "", props: corrected },
      {
        policy: "datetime-format",
        diagnostic: "",
        props: { ...corrected, lastReportedDateTime: secret("2026-01-31T09:30:00Z") },
      },
    ]);
  });

  it("leaves what it would have to guess to validation, at the level mandatory", async () => {
    await analyzer.configureWith({ all: "remediate" });
    const props = { ...SOUND_FIXTURE, status: "complaint", lastReportedDateTime: "2026-01-31T09:30:00" };
    expect(await analyzer.remediate({ type: FIXTURE, name: "fixture", props })).toEqual([]);
    const { diagnostics } = await analyzer.analyze({ type: FIXTURE, name: "fixture", props });
    expect(diagnostics.map(({ policy, level }) => [policy, level])).toEqual([
      ["status-enum", "mandatory"],
      ["datetime-format", "mandatory"],
    ]);
  });

  it("leaves a sound fixture, an unknown status and other types alone", async () => {
    await analyzer.configureWith({ all: "remediate" });
    expect(await analyzer.remediate({ type: FIXTURE, name: "fixture", props: SOUND_FIXTURE })).toEqual([]);
    expect(
      await analyzer.remediate({
        type: FIXTURE,
        name: "fixture",
        props: { ...SOUND_FIXTURE, status: secret(UNKNOWN) },
      }),
    ).toEqual([]);
    expect(
      await analyzer.remediate({ type: "random:index/randomPet:RandomPet", name: "pet", props: CORRECTABLE }),
    ).toEqual([]);
  });
});
