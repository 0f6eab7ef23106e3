import { spawnSync } from "node:child_process";
import path from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

interface Start {
  executablePath: string;
  args: string[];
}

/** In a process of its own, because the package is an ES module and a test is none. */
function probe(): Start | { reason: string } {
  const script = path.join(__dirname, "browserProbe.mjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000 });
  if (status !== 0) throw new Error(`the browser cannot be looked for: ${stderr}`);
  return JSON.parse(stdout) as Start | { reason: string };
}

/** A `describe` that needs a browser. Where none can start it is skipped, and its title says why. */
export function describeBrowser(title: string, body: (browser: () => Browser) => void): void {
  const found = probe();
  if ("reason" in found) {
    describe.skip(`${title} (skipped: no browser can start here: ${found.reason})`, () => {
      body(() => {
        throw new Error(found.reason);
      });
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
    });
    afterAll(() => browser.close());
    body(() => browser);
  });
}
