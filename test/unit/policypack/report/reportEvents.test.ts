import { parseEngineEvents } from "../../../../policypack/src/report/engineEvents";
import { reportEvents } from "../../../../policypack/src/report/reportEvents";
import { exitCodeOf } from "../../../../policypack/src/report/verdict";
import { analyzed, engineError, finding, PACK, prelude, stream, summary, urnOf } from "./events";

const outcomes = (events: Parameters<typeof reportEvents>[0]) =>
  reportEvents(events).findings.map(({ rule, outcome }) => [rule, outcome]);

describe("the findings of a run", () => {
  it("have their outcome from level and words, and only an advisory one is softened by its words", () => {
    const events = [
      prelude,
      finding("a", "r1", "mandatory", "Rule one.\nExempted until never: no."),
      finding("a", "r2", "remediate", "Rule two.\nUndecided, it says."),
      finding("a", "r3", "advisory", "Rule three.\nExempted until 2027-01-31 by fixtures: old data."),
      finding("a", "r4", "advisory", "Undecided until pulumi up: deviceModel (r1). [X] page"),
      finding(
        "a",
        "r5",
        "advisory",
        "can't run policy 'r5' from policy pack 'p@v1' during preview: string value at .x",
      ),
      finding("a", "r6", "advisory", "Rule six.\nThe exempted are not here."),
      summary(),
    ];
    expect(outcomes(events)).toEqual([
      ["r1", "mandatory"],
      ["r2", "mandatory"],
      ["r3", "exempted"],
      ["r4", "undecided"],
      ["r5", "undecided"],
      ["r6", "advisory"],
    ]);
  });

  it("are the same in whatever order they came", () => {
    const found = ["b", "a"].flatMap((name) =>
      ["r2", "r1"].flatMap((rule) => ["y", "x"].map((text) => finding(name, rule, "mandatory", text))),
    );
    const forward = reportEvents([prelude, ...found, summary("failed")]);
    expect(reportEvents([prelude, ...found.reverse(), summary("failed")])).toEqual(forward);
    expect(forward.findings.map(({ urn, rule, message }) => [urn.at(-1), rule, message].join(""))).toEqual([
      "ar1x",
      "ar1y",
      "ar2x",
      "ar2y",
      "br1x",
      "br1y",
      "br2x",
      "br2y",
    ]);
  });

  it("of a preview and its update count once, and what only the preview could not decide is decided", () => {
    const advice = finding("a", "r1", "advisory", "Be kind.");
    const open = finding("a", "r2", "advisory", "Undecided until pulumi up: x (r1).");
    const preview = [prelude, analyzed(["r3"]), advice, open, summary()];
    expect(outcomes([...preview, prelude, analyzed(["r3"]), advice, summary()])).toEqual([["r1", "advisory"]]);
    const both = reportEvents([...preview, prelude, analyzed(["r3"], ["r1"]), advice, open, summary()]);
    expect(both.findings.map(({ rule }) => rule)).toEqual(["r1", "r2"]);
    expect(both.packs).toEqual([
      {
        name: "some-pack",
        version: "1.2.3",
        rules: [
          { name: "r1", passed: 0 },
          { name: "r2", passed: 0 },
          { name: "r3", passed: 1 },
        ],
      },
    ]);
  });

  it("split the text at the description, and keep level, severity, resource and pack", () => {
    const [found] = reportEvents([
      finding("a", "r1", "advisory", "The rule.\nOne\n  thing.\n", "low"),
      summary(),
    ]).findings;
    expect(found).toEqual({
      outcome: "advisory",
      rule: "r1",
      pack: "some-pack",
      severity: "low",
      urn: urnOf("a"),
      description: "The rule.",
      message: "One thing.",
    });
  });

  it("name what a remediation changed, without a value", () => {
    const change = { ...PACK, resourceUrn: urnOf("a"), policyName: "r1" };
    const before = { status: "canary-3", kept: { deep: [1] }, gone: "canary-4" };
    const after = { status: "canary-5", kept: { deep: [1] }, added: "canary-6" };
    const report = reportEvents([{ policyRemediationEvent: { ...change, before, after } }, summary()]);
    expect(report.findings).toMatchObject([{ outcome: "remediated", message: "changed added, gone, status" }]);
    expect(exitCodeOf(report, ["mandatory", "advisory", "undecided"])).toBe(0);
  });
});

describe("what the provider's check refuses", () => {
  const refused = (text: string) => reportEvents([prelude, engineError(text, urnOf("a")), summary("failed")]);
  const start = `pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus resource 'a'`;

  it.each([
    ["{canary-7}", "it is blank"],
    ["{canary-7} has a problem: {canary-7}", "it is blank"],
    ["{<nil>}", "it is missing; did you mean {x}?"],
    ["{canary-7\nsecond ': property canary-7 value {line}", "it is too long"],
  ])("is told without the value %j", (value, reason) => {
    const report = refused(`${start}: property userPrincipalName value ${value} has a problem: ${reason}\n`);
    expect(report.findings).toMatchObject([
      { outcome: "refused", rule: "userPrincipalName", urn: urnOf("a"), message: `userPrincipalName: ${reason}` },
    ]);
    expect(JSON.stringify(report)).not.toContain("canary");
    expect({ exitCode: exitCodeOf(report, []), problems: report.problems }).toEqual({ exitCode: 1, problems: [] });
    expect(report.notes).toEqual([
      "The provider refused inputs. The engine then skips the rules that look at the whole stack.",
    ]);
  });

  it("may concern the whole resource", () => {
    expect(refused(`${start} has a problem: two\nlines`).findings).toMatchObject([
      { rule: "inputs", message: "two lines" },
    ]);
  });
});

describe("a run that proves nothing", () => {
  const problemsOf = (...events: Parameters<typeof reportEvents>[0]) => {
    const report = reportEvents(events);
    expect(exitCodeOf(report, [])).toBe(2);
    return report.problems;
  };

  it("has no summary: it ended early", () => {
    expect(problemsOf(prelude, analyzed(["r1"]))).toEqual([
      "The stream ends before the run does: no summary event came.",
    ]);
  });

  it("had an update that ended early, after a preview that did not", () => {
    expect(problemsOf(prelude, summary(), prelude, analyzed(["r1"]))).toHaveLength(1);
  });

  it("had no policy pack", () => {
    expect(problemsOf(prelude, { summaryEvent: { PolicyPacks: {}, result: "succeeded" } })).toEqual([
      "No policy pack ran: give pulumi --policy-pack.",
    ]);
  });

  it("failed by an error that is no finding, whose text stays out", () => {
    const error = engineError("Running program failed: canary-8 is no user\n", urnOf("a"));
    expect(problemsOf(prelude, error, engineError("preview failed\n"), summary("failed"))).toEqual([
      "The engine reported an error on a (pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus): see the run's own output.",
    ]);
  });

  it("failed without a word", () => {
    expect(problemsOf(prelude, engineError("update failed"), summary("failed"))).toEqual([
      "The run failed for a reason that its events do not tell: see its own output.",
    ]);
  });

  it("is still a failure by its findings", () => {
    expect(exitCodeOf(reportEvents([prelude, finding("a", "r1", "mandatory", "no")]), [])).toBe(1);
  });
});

describe("--fail-on", () => {
  const report = reportEvents([
    prelude,
    finding("a", "r1", "advisory", "Be kind."),
    finding("a", "r2", "advisory", "Undecided: x."),
    finding("a", "r3", "advisory", "Exempted until 2027."),
    summary(),
  ]);
  const only = (kept: string) => ({ ...report, findings: report.findings.filter(({ outcome }) => outcome === kept) });

  it.each([
    ["advisory", ["mandatory"], 0],
    ["advisory", ["advisory"], 1],
    ["advisory", ["undecided"], 0],
    ["undecided", ["advisory"], 0],
    ["undecided", ["undecided"], 1],
    ["exempted", ["mandatory", "advisory", "undecided"], 0],
  ] as const)("%s findings under %j give exit code %i", (kept, failOn, expected) => {
    expect(exitCodeOf(only(kept), failOn)).toBe(expected);
  });
});

describe("a stream that is none", () => {
  const fault = (text: string) => {
    const parsed = parseEngineEvents(text);
    return "fault" in parsed ? parsed.fault : undefined;
  };

  it.each([
    ["", "the stream is empty"],
    [" \n\n", "the stream is empty"],
    ['{\n  "config": {},\n  "steps": []\n}\n', "line 1 begins a digest, which leaves policy findings out"],
    ['{"config":{},"steps":[]}', "line 1 begins a digest"],
    [`${stream([prelude])}error: canary-9\n`, "line 2 is no engine event"],
    [`${stream([prelude])}{"sequence":1,"policyEv`, "line 2 is no engine event"],
    ["[1]", "line 1 is no engine event"],
  ])("%j is said to be so, with what to give instead", (text, expected) => {
    expect(fault(text)).toContain(expected);
    expect(fault(text)).toContain("PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true");
    expect(fault(text)).not.toContain("canary");
  });

  it("may have blank lines and carriage returns", () => {
    expect(fault(stream([prelude, summary()]).replaceAll("\n", "\r\n\r\n"))).toBeUndefined();
  });
});
