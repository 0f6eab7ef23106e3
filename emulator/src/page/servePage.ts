import { createHash } from "node:crypto";
import { promises } from "node:fs";
import type { Answer } from "../http/exchange";
import { packageFile } from "../packageFile";

/** Written by the build (tools/page.js): one document with its script and its style inside. */
const FILE = "dist/page/index.html";

let built: Promise<Answer> | undefined;

/** The page as it was built; read from disk once. 503 in a checkout that has not built it. */
export async function servePage(): Promise<Answer> {
  try {
    return await (built ??= readPage());
  } catch {
    built = undefined;
    const message = "The page has not been built: run npm run build.";
    return { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" }, text: message };
  }
}

async function readPage(): Promise<Answer> {
  const text = await promises.readFile(packageFile(FILE), "utf8");
  return {
    status: 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policyOf(text),
      "Cache-Control": "no-cache",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
    text,
  };
}

/** Nothing but the document's own script and style, by their hashes, and requests to this emulator (CSP Level 3 sections 2.3.1 and 6.1). */
function policyOf(html: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashesOf(html, "script")}`,
    `style-src ${hashesOf(html, "style")}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashesOf(html: string, element: "script" | "style"): string {
  const contents = [...html.matchAll(new RegExp(`<${element}[^>]*>([^]*?)</${element}>`, "g"))];
  return contents.map(([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
}
