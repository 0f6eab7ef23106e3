import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { describeBrowser } from "../support/browser";
import { PageLab, eventually } from "../support/pageLab";
import { POLICIES, statusOf } from "../unit/emulator/support/graphClient";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const IMAGES = path.resolve(__dirname, "../../docs/images");

/** UPDATE_DOCS=1 makes the image anew. */
async function shoot(what: Page | Locator, name: string): Promise<void> {
  const file = path.join(IMAGES, name);
  if (process.env["UPDATE_DOCS"] === "1") await what.screenshot({ type: "png", path: file });
  expect(statSync(file).size).toBeLessThan(150_000);
}

describeBrowser("the page at /_emulator/, for everybody", (browser) => {
  const lab = new PageLab(browser);

  test("by keyboard alone: each stop shows its focus, and the clock is moved on", async () => {
    await lab.addRow(await lab.addPolicy("Keys"), statusOf("PC-1"));
    await lab.cell(/^1 compliant, Keys/).waitFor();
    const stops: string[] = [];
    const reach = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await lab.page.keyboard.press("Tab");
        const { name, outline } = await lab.page.evaluate<{ name: string; outline: string }>(FOCUSED_STOP);
        expect([name, outline]).toEqual([name, "solid"]);
        stops.push(name);
        if (name === wanted) return;
      }
      throw new Error(`${wanted} is not reached: ${stops.join(" | ")}`);
    };
    await reach("Skip to the matrix");
    await reach("1 compliant, Keys: show the rows");
    await lab.page.keyboard.press("Enter");
    await eventually(() => lab.cell(/^1 compliant, Keys/).getAttribute("aria-pressed"), "true");
    await reach("+ 1 day");
    await lab.page.keyboard.press("Enter");
    await eventually(() => Promise.resolve(lab.emulator.clock.now().aheadMs), 86_400_000);
    await reach("Add fault");
    await lab.page.keyboard.press("Enter");
    await eventually(() => Promise.resolve(lab.emulator.faults.list().length), 1);
  });

  test.each(["light", "dark"] as const)("axe-core finds nothing in %s", async (scheme) => {
    await lab.reopen(scheme);
    await populate();
    await lab.page.evaluate(AXE);
    const violations = await lab.page.evaluate<Violation[]>("axe.run().then((results) => results.violations)");
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await shoot(lab.page, `emulator-page-${scheme}.png`);
    await shoot(lab.section("Request journal"), `emulator-page-journal-${scheme}.png`);
  });

  /** A tenant with all eight statuses, a clock that is ahead, a fault that has struck and a refused request. */
  async function populate(): Promise<void> {
    for (const [name, platform, counts] of SAMPLE) {
      const policy = await lab.addPolicy(name, platform);
      for (const [status, count] of Object.entries(counts)) {
        for (let index = 1; index <= count; index++) await lab.addRow(policy, sampleRow(status, index));
      }
    }
    lab.emulator.faults.add({
      match: { method: "GET", path: "/beta/**" },
      times: 3,
      fault: { throttle: { form: "integer" } },
    });
    await lab.emulator.clock.advance("PT36H");
    await lab.client.call("GET", POLICIES);
    await lab.client.call("GET", "/beta/deviceManagement/deviceCompliancePolicy");
    await lab.cell(/^9 in all, macOS baseline/).waitFor();
    await lab.section("Clock").getByText("36 hours ahead").waitFor();
    await lab.section("Request journal").getByText("throttle integer").first().waitFor();
  }
});

interface Violation {
  id: string;
  nodes: { html: string }[];
}

const SAMPLE: readonly (readonly [name: string, platform: string, counts: Record<string, number>])[] = [
  [
    "Windows baseline",
    "windows10",
    { compliant: 14, remediated: 2, nonCompliant: 5, error: 1, conflict: 2, unknown: 1 },
  ],
  ["iOS corporate devices", "ios", { compliant: 8, notApplicable: 3, notAssigned: 2, nonCompliant: 1 }],
  ["macOS baseline", "macOS", { compliant: 6, error: 2, unknown: 1 }],
];

function sampleRow(status: string, index: number): Record<string, unknown> {
  const name = `${status}-${index}`;
  return { ...statusOf(name.toUpperCase()), status, userPrincipalName: `${name}@contoso.com`, deviceModel: "Model A" };
}

/** Evaluated in the page. */
const FOCUSED_STOP = `({
  name: (document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText ?? "").trim().split("\\n")[0],
  outline: getComputedStyle(document.activeElement).outlineStyle,
})`;
