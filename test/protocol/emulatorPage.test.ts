import { describeBrowser } from "../support/browser";
import { OTHER_TENANT, PageLab, eventually } from "../support/pageLab";
import { POLICIES, at, statusOf } from "../unit/emulator/support/graphClient";

describeBrowser("the page at /_emulator/", (browser) => {
  const lab = new PageLab(browser);
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const deviceRows = () => lab.section("Device statuses").locator("tbody tr");

  test("what a client creates appears without a reload, and can be narrowed", async () => {
    await lab.section("Policies × statuses").getByText("No compliance policies yet").waitFor();
    const [windows, mac] = [await lab.addPolicy("Windows baseline"), await lab.addPolicy("Mac baseline")];
    await lab.addRow(windows, { ...statusOf("PC-1"), status: "error", userPrincipalName: "ada@example.com" });
    await lab.addRow(windows, statusOf("PC-2"));
    await lab.addRow(mac, statusOf("MAC-1"));
    await lab.cell(/^1 error, Windows baseline/).waitFor();
    await lab.cell(/^2 in all, Windows baseline/).waitFor();
    await lab.page.getByText("3 rows").waitFor();

    await lab.cell(/^1 error, Windows baseline/).click();
    await lab.page.getByText("1 row", { exact: true }).waitFor();
    expect(await deviceRows().allInnerTexts()).toEqual([expect.stringContaining("PC-1")]);
    expect(await lab.cell(/^1 error, Windows baseline/).getAttribute("aria-pressed")).toBe("true");

    await lab.page.getByRole("button", { name: "Show all", exact: true }).click();
    await lab.page.getByText("3 rows").waitFor();
    await lab.page.getByLabel("Search device or user").fill("mac-");
    await lab.page.getByText("1 row", { exact: true }).waitFor();
    expect(await deviceRows().allInnerTexts()).toEqual([expect.stringContaining("MAC-1")]);
    await lab.page.getByLabel("Search device or user").fill("ADA@");
    await deviceRows().getByText("PC-1").waitFor();
  });

  test("the clock is moved on, and a grace period runs out", async () => {
    const policy = await lab.addPolicy("Grace");
    await lab.addRow(policy, { ...statusOf("PC-1"), complianceGracePeriodExpirationDateTime: inHours(36) });
    await lab.cell(/^1 compliant, Grace/).waitFor();
    const clock = lab.section("Clock");
    await clock.getByRole("button", { name: "+ 1 day" }).click();
    await clock.getByText("Grace periods that ran out: 0").waitFor();
    await clock.getByLabel("Advance by").fill("PT13H");
    await clock.getByRole("button", { name: "Advance" }).click();
    await clock.getByText("Grace periods that ran out: 1").waitFor();
    await lab.cell(/^1 nonCompliant, Grace/).waitFor();
    expect(await lab.cell(/ompliant, Grace/).allInnerTexts()).toEqual(["1"]);
    expect(lab.emulator.clock.now().aheadMs).toBe(37 * 3_600_000);
    await clock.getByText("37 hours ahead").waitFor();

    await clock.getByLabel("Advance by").fill("tomorrow");
    await ignoringAnswer(400, () => clock.getByRole("button", { name: "Advance" }).click());
    await clock.getByRole("alert").getByText("advance must be an ISO 8601 duration").waitFor();
    await clock.getByLabel("Set to").fill("2040-01-02T03:04:05Z");
    await clock.getByRole("button", { name: "Set", exact: true }).click();
    await clock.getByText("2040-01-02 03:04").waitFor();
    await clock.getByRole("button", { name: "Back to now" }).click();
    await clock.getByText("the machine's time", { exact: true }).waitFor();
    expect(lab.emulator.clock.now().aheadMs).toBe(0);
  });

  /** The browser itself writes a refused request to its console. */
  async function ignoringAnswer(status: number, act: () => Promise<void>): Promise<void> {
    const logged = lab.page.waitForEvent("console", (message) => message.text().includes(`status of ${status}`));
    await act();
    await logged;
    lab.faults = lab.faults.filter((text) => !text.includes(`status of ${status}`));
  }

  test("a fault is added, strikes, is seen in the journal and is forgotten", async () => {
    const panel = lab.section("Faults");
    await panel.getByText("Nothing is broken on purpose.").waitFor();
    await panel.getByLabel("Method").selectOption("GET");
    await panel.getByLabel("Path (glob)").fill("/beta/**");
    await panel.getByLabel("Times").fill("2");
    await panel.getByRole("button", { name: "Add fault" }).click();
    await panel.getByRole("rowheader", { name: "GET /beta/**" }).waitFor();
    expect(lab.emulator.faults.list()).toEqual([
      { rule: { match: { method: "GET", path: "/beta/**" }, times: 2, fault: { status: 503 } }, seen: 0, struck: 0 },
    ]);
    expect((await lab.client.call("GET", POLICIES)).status).toBe(503);
    const struck = lab.section("Request journal").locator("tbody tr", { hasText: "status 503" });
    await struck.getByText("✕ 503").waitFor();
    await panel.locator("tbody td.number", { hasText: "1" }).first().waitFor();
    await panel.getByRole("button", { name: "Forget all faults" }).click();
    await panel.getByText("Nothing is broken on purpose.").waitFor();
    expect((await lab.client.call("GET", POLICIES)).status).toBe(200);
  });

  test("the journal grows as requests come, the late one too, and is announced", async () => {
    const journal = lab.section("Request journal");
    const rows = journal.locator("tbody tr");
    await rows.getByText("/oauth2/v2.0/token").waitFor();
    lab.emulator.faults.add({ match: { path: "/v1.0/**" }, fault: { delayMs: 1500 } });
    const late = lab.client.call("GET", "/v1.0/deviceManagement/deviceCompliancePolicies?$top=1");
    await lab.client.call("GET", `${POLICIES}?$top=7`);
    await rows.getByText(`${POLICIES}?$top=7`).waitFor();
    await late;
    await lab.client.call("GET", `${POLICIES}?$top=8`);
    await rows.getByText("/v1.0/deviceManagement/deviceCompliancePolicies?$top=1").waitFor();
    expect((await rows.first().innerText()).includes("$top=8")).toBe(true);
    expect(await rows.count()).toBe(4);
    await journal
      .locator("[aria-live=polite]")
      .getByText(`Newest request: GET ${POLICIES}, 200`)
      .waitFor({ state: "attached" });
    await journal.getByRole("button", { name: "Clear" }).click();
    await journal.getByText("No requests yet.").waitFor();
    expect(lab.emulator.journal.entries()).toEqual([]);
    await lab.client.call("GET", `${POLICIES}?$top=9`);
    await rows.getByText(`${POLICIES}?$top=9`).waitFor();
  });

  test("profile and tenant are chosen in the header", async () => {
    await lab.addPolicy("Of the first tenant");
    await lab.section("Policies × statuses").getByText("Of the first tenant").waitFor();
    await lab.page.getByRole("combobox", { name: /^Tenant/ }).selectOption(OTHER_TENANT);
    await lab.section("Policies × statuses").getByText("No compliance policies yet").waitFor();
    await lab.page.getByRole("combobox", { name: /^Profile/ }).selectOption("observed");
    await eventually(async () => at((await lab.client.call("GET", "/healthz")).body, "profile"), "observed");
  });
});
