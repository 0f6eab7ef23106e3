import { packConfig } from "../../../../policypack/src/policies/packConfig";
import { judge, packIn, ROOT_STACK } from "../judge";

const TAIL = "Fix: correct the name in the --policy-pack-config file [DCS016] docs/rules/pack-config.md";

const judged = (entries: Record<string, string[]> | undefined) => {
  const pack = packIn();
  pack.configured = entries && new Map(Object.entries(entries).map(([name, optionNames]) => [name, { optionNames }]));
  return judge(packConfig, {}, { type: ROOT_STACK, pack }).messages;
};

describe("pack-config", () => {
  it("accepts the names of policies, and a pack that was not configured", () => {
    expect(judged({ all: [], "status-enum": ["allow"], "tenant-guard": [] })).toEqual([]);
    expect(judged(undefined)).toEqual([]);
  });

  it("names each stranger, in the order of the alphabet", () => {
    expect(judged({ "tenant-gaurd": [], "no such policy": [], "a@b": [] })).toEqual([
      `a string of 3 characters is no policy of this pack. ${TAIL}`,
      `"no such policy" (string) is no policy of this pack. ${TAIL}`,
      `"tenant-gaurd" (string) is no policy of this pack. Did you mean "tenant-guard"? ${TAIL}`,
    ]);
  });

  it("names options of all, which the engine drops", () => {
    expect(judged({ all: ["allow"] })).toEqual([
      `The entry "all" takes a level alone, and has "allow" (string). ${TAIL}`,
    ]);
  });
});
