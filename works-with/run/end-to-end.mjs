import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { freePort } from "./free-port.mjs";

/** What docs/guides/testing.md shows. */
const GUIDE = fileURLToPath(new URL("../../docs/examples/testing", import.meta.url));

/** Follows the guide's section on Playwright in an app, with a free port and the Chromium that is here. */
export async function tryEndToEnd(app, run) {
  mkdirSync(join(app, "e2e"), { recursive: true });
  cpSync(join(GUIDE, "recovery.spec.ts"), join(app, "e2e/recovery.spec.ts"));
  const port = await freePort();
  const config = readFileSync(join(GUIDE, "playwright.config.ts"), "utf8");
  const here = config
    .replace("localhost:3000", `localhost:${port}`)
    .replace("use: {", `use: { launchOptions: { executablePath: ${JSON.stringify(findChromium())} },`);
  writeFileSync(join(app, "playwright.config.ts"), here);
  await run(["npm", "install", "-D", "@playwright/test"]);
  const printed = await run(["npx", "playwright", "test"], { PORT: String(port) });
  if (!printed.includes("1 passed")) throw new Error(`The guide's test did not run:\n${printed}`);
  await run(["npm", "test"]); // it leaves the browser's tests alone
}
