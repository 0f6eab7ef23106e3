/** Starts the browser once and prints, as JSON, how to start it again: { executablePath, args } or { reason }. */
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

/** Of the package's arguments, made for a service that shows one page and ends: those that end the browser with its first context, or loosen the rules that are tested. */
const UNWANTED = ["--single-process", "--no-zygote", "--disable-web-security", "--allow-running-insecure-content"];

async function probe() {
  try {
    const executablePath = await chromium.executablePath();
    const args = chromium.args.filter((arg) => !UNWANTED.includes(arg));
    const browser = await playwright.launch({ executablePath, args });
    await (await browser.newPage()).goto("about:blank");
    await browser.close();
    return { executablePath, args };
  } catch (error) {
    return { reason: String(error?.message ?? error).split("\n")[0] };
  }
}

process.stdout.write(JSON.stringify(await probe()));
