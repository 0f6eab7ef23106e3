import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import type { Browser, Locator, Page } from "playwright-core";
import { GraphClient, NEW_POLICY, POLICIES, at } from "../unit/emulator/support/graphClient";

export const OTHER_TENANT = "e0000000-0000-4000-8000-0000000000ff";

/** An emulator with its page open in a browser and a Graph client beside it, anew for each test. */
export class PageLab {
  emulator!: Emulator;
  client!: GraphClient;
  page!: Page;
  /** Console errors, script errors and requests elsewhere: there are none, whatever a test does. */
  faults: string[] = [];

  constructor(private readonly browser: () => Browser) {
    beforeEach(async () => {
      this.faults = [];
      this.emulator = await startEmulator({ apps: [DEFAULT_APP, { ...DEFAULT_APP, tenantId: OTHER_TENANT }] });
      this.client = await GraphClient.of(this.emulator);
      this.page = await this.open("light");
    });
    afterEach(async () => {
      await this.page.context().close();
      await this.client.close();
      await this.emulator.close();
      expect(this.faults).toEqual([]);
    });
  }

  async reopen(colorScheme: "light" | "dark"): Promise<void> {
    await this.page.context().close();
    this.page = await this.open(colorScheme);
  }

  section(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  cell(name: RegExp): Locator {
    return this.section("Policies × statuses").getByRole("button", { name });
  }

  async addPolicy(displayName: string, platform = "windows10"): Promise<string> {
    const policy = { ...NEW_POLICY, displayName, "@odata.type": `#microsoft.graph.${platform}CompliancePolicy` };
    return at((await this.client.call("POST", POLICIES, policy)).body, "id") as string;
  }

  async addRow(policyId: string, row: Record<string, unknown>): Promise<void> {
    const { status } = await this.client.call("POST", `${POLICIES}/${policyId}/deviceStatuses`, row);
    expect(status).toBe(201);
  }

  private async open(colorScheme: "light" | "dark"): Promise<Page> {
    const context = await this.browser().newContext({
      colorScheme,
      viewport: { width: 1300, height: 700 },
      reducedMotion: "reduce",
    });
    await context.route("**/*", (route) => {
      const url = route.request().url();
      if (url.startsWith(`${this.emulator.graphEndpoint}/_emulator/`)) return route.continue();
      this.faults.push(`request to ${url}`);
      return route.abort();
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.faults.push(message.text());
    });
    await page.goto(`${this.emulator.graphEndpoint}/_emulator/`);
    await page.getByText("● Connected").waitFor();
    return page;
  }
}

/** Fails with Jest's own comparison when it has not become so in 5 s. */
export async function eventually(read: () => Promise<unknown>, wanted: unknown): Promise<void> {
  const endMs = Date.now() + 5_000;
  for (;;) {
    const value = await read();
    if (value === wanted || Date.now() > endMs) {
      expect(value).toEqual(wanted);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
