import { readFileSync } from "node:fs";
import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import type { Locator, Page } from "playwright-core";
import { describeBrowser } from "../support/browser";
import { GraphClient, NEW_POLICY, POLICIES, at, statusOf } from "../unit/emulator/support/graphClient";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const OTHER_TENANT = "e0000000-0000-4000-8000-0000000000ff";

describeBrowser("the page at /_emulator/", (browser) => {
  let emulator: Emulator;
  let client: GraphClient;
  let page: Page;
  /** Console errors, script errors and requests elsewhere: there are none, whatever a test does. */
  let faults: string[];

  beforeEach(async () => {
    const { DEFAULT_APP } = await import("intune-emulator");
    const other = { ...DEFAULT_APP, tenantId: OTHER_TENANT };
    emulator = await startEmulator({ apps: [DEFAULT_APP, other] });
    client = await GraphClient.of(emulator);
    faults = [];
    page = await openPage();
  });
  afterEach(async () => {
    await page.context().close();
    await client.close();
    await emulator.close();
    expect(faults).toEqual([]);
  });

  async function openPage(colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const context = await browser().newContext({
      colorScheme,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    await context.route("**/*", (route) => {
      const url = route.request().url();
      if (url.startsWith(`${emulator.graphEndpoint}/_emulator/`)) return route.continue();
      faults.push(`request to ${url}`);
      return route.abort();
    });
    const opened = await context.newPage();
    opened.on("pageerror", (error) => faults.push(String(error)));
    opened.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(message.text());
    });
    await opened.goto(`${emulator.graphEndpoint}/_emulator/`);
    await opened.getByText("● Connected").waitFor();
    return opened;
  }

  const addPolicy = async (displayName: string): Promise<string> =>
    at((await client.call("POST", POLICIES, { ...NEW_POLICY, displayName })).body, "id") as string;
  const addRow = async (policyId: string, row: Record<string, unknown>): Promise<void> => {
    const { status } = await client.call("POST", `${POLICIES}/${policyId}/deviceStatuses`, row);
    expect(status).toBe(201);
  };
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const section = (name: string): Locator => page.getByRole("region", { name }).first();
  const cell = (name: RegExp): Locator => section("Policies × statuses").getByRole("button", { name });
  const deviceRows = (): Locator => section("Device statuses").locator("tbody tr");

  test("what a client creates appears without a reload, and can be narrowed", async () => {
    await section("Policies × statuses").getByText("No compliance policies yet").waitFor();
    const [windows, mac] = [await addPolicy("Windows baseline"), await addPolicy("Mac baseline")];
    await addRow(windows, { ...statusOf("PC-1"), status: "error", userPrincipalName: "ada@example.com" });
    await addRow(windows, statusOf("PC-2"));
    await addRow(mac, statusOf("MAC-1"));
    await cell(/^1 error, Windows baseline/).waitFor();
    await cell(/^2 in all, Windows baseline/).waitFor();
    await page.getByText("3 rows").waitFor();

    await cell(/^1 error, Windows baseline/).click();
    await page.getByText("1 row", { exact: true }).waitFor();
    expect(await deviceRows().allInnerTexts()).toEqual([expect.stringContaining("PC-1")]);
    expect(await cell(/^1 error, Windows baseline/).getAttribute("aria-pressed")).toBe("true");

    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await page.getByText("3 rows").waitFor();
    await page.getByLabel("Search device or user").fill("mac-");
    await page.getByText("1 row", { exact: true }).waitFor();
    expect(await deviceRows().allInnerTexts()).toEqual([expect.stringContaining("MAC-1")]);
    await page.getByLabel("Search device or user").fill("ADA@");
    await deviceRows().getByText("PC-1").waitFor();
  });

  test("the clock is moved on, and a grace period runs out", async () => {
    const policy = await addPolicy("Grace");
    await addRow(policy, { ...statusOf("PC-1"), complianceGracePeriodExpirationDateTime: inHours(36) });
    await cell(/^1 compliant, Grace/).waitFor();
    const clock = section("Clock");
    await clock.getByRole("button", { name: "+ 1 day" }).click();
    await clock.getByText("Grace periods that ran out: 0").waitFor();
    await clock.getByLabel("Advance by").fill("PT13H");
    await clock.getByRole("button", { name: "Advance" }).click();
    await clock.getByText("Grace periods that ran out: 1").waitFor();
    await cell(/^1 nonCompliant, Grace/).waitFor();
    expect(await cell(/compliant, Grace/).allInnerTexts()).toEqual(["1"]);
    expect(emulator.clock.now().aheadMs).toBe(37 * 3_600_000);
    await clock.getByText("37 hours ahead").waitFor();

    await clock.getByLabel("Advance by").fill("tomorrow");
    await ignoringAnswer(400, () => clock.getByRole("button", { name: "Advance" }).click());
    await clock.getByRole("alert").getByText("advance must be an ISO 8601 duration").waitFor();
    await clock.getByLabel("Set to").fill("2040-01-02T03:04:05Z");
    await clock.getByRole("button", { name: "Set", exact: true }).click();
    await clock.getByText("2040-01-02 03:04").waitFor();
    await clock.getByRole("button", { name: "Back to now" }).click();
    await clock.getByText("the machine's time", { exact: true }).waitFor();
    expect(emulator.clock.now().aheadMs).toBe(0);
  });

  /** The browser itself writes a refused request to its console. */
  async function ignoringAnswer(status: number, act: () => Promise<void>): Promise<void> {
    const logged = page.waitForEvent("console", (message) => message.text().includes(`status of ${status}`));
    await act();
    await logged;
    faults = faults.filter((text) => !text.includes(`status of ${status}`));
  }

  test("a fault is added, strikes, is seen in the journal and is forgotten", async () => {
    const panel = section("Faults");
    await panel.getByText("Nothing is broken on purpose.").waitFor();
    await panel.getByLabel("Method").selectOption("GET");
    await panel.getByLabel("Path (glob)").fill("/beta/**");
    await panel.getByLabel("Times").fill("2");
    await panel.getByRole("button", { name: "Add fault" }).click();
    await panel.getByRole("rowheader", { name: "GET /beta/**" }).waitFor();
    expect(emulator.faults.list()).toEqual([
      { rule: { match: { method: "GET", path: "/beta/**" }, times: 2, fault: { status: 503 } }, seen: 0, struck: 0 },
    ]);
    expect((await client.call("GET", POLICIES)).status).toBe(503);
    const struck = section("Request journal").locator("tbody tr", { hasText: "status 503" });
    await struck.getByText("✕ 503").waitFor();
    await panel.locator("tbody td.number", { hasText: "1" }).first().waitFor();
    await panel.getByRole("button", { name: "Forget all faults" }).click();
    await panel.getByText("Nothing is broken on purpose.").waitFor();
    expect((await client.call("GET", POLICIES)).status).toBe(200);
  });

  test("the journal grows as requests come, the late one too, and is announced", async () => {
    const journal = section("Request journal");
    const rows = journal.locator("tbody tr");
    const before = await rows.count();
    emulator.faults.add({ match: { path: "/v1.0/**" }, fault: { delayMs: 1500 } });
    const late = client.call("GET", "/v1.0/deviceManagement/deviceCompliancePolicies?$top=1");
    await client.call("GET", `${POLICIES}?$top=7`);
    await rows.getByText(`${POLICIES}?$top=7`).waitFor();
    await late;
    await client.call("GET", `${POLICIES}?$top=8`);
    await rows.getByText("/v1.0/deviceManagement/deviceCompliancePolicies?$top=1").waitFor();
    expect((await rows.first().innerText()).includes("$top=8")).toBe(true);
    expect(await rows.count()).toBe(before + 3);
    await journal.locator("[aria-live=polite]").getByText(`Newest request: GET ${POLICIES}, 200`).waitFor({ state: "attached" });
    await journal.getByRole("button", { name: "Clear" }).click();
    await journal.getByText("No requests yet.").waitFor();
    expect(emulator.journal.entries()).toEqual([]);
    await client.call("GET", `${POLICIES}?$top=9`);
    await rows.getByText(`${POLICIES}?$top=9`).waitFor();
  });

  test("profile and tenant are chosen in the header", async () => {
    await addPolicy("Of the first tenant");
    await section("Policies × statuses").getByText("Of the first tenant").waitFor();
    await page.getByLabel("Tenant").selectOption(OTHER_TENANT);
    await section("Policies × statuses").getByText("No compliance policies yet").waitFor();
    await page.getByLabel("Profile").selectOption("observed");
    await expect
      .poll === undefined; // placeholder
  });
});
