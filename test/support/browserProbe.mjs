/** Starts the browser once and prints, as JSON, how to start it again: { executablePath, args } or { reason }. */
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

async function probe() {
  try {
    const executablePath = await chromium.executablePath();
    const args = chromium.args;
    const browser = await playwright.launch({ executablePath, args });
    await (await browser.newPage()).goto("about:blank");
    await browser.close();
    return { executablePath, args };
  } catch (error) {
    return { reason: String(error?.message ?? error).split("\n")[0] };
  }
}

process.stdout.write(JSON.stringify(await probe()));
