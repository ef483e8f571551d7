// Tries every row of "Works with": node try-hosts.mjs [--only node,hono] [--keep]. Needs a build of what is published.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findChromium } from "../scripts/ensure-chromium.mjs";
import { HOSTS } from "./hosts/hosts.mjs";
import { publishPackages } from "./registry/publish-packages.mjs";
import { startRegistry } from "./registry/start-registry.mjs";
import { tryHost } from "./run/try-host.mjs";

const { values } = parseArgs({ options: { only: { type: "string" }, keep: { type: "boolean" } } });
const names = values.only?.split(",") ?? HOSTS.map(({ name }) => name);
const unknown = names.filter((name) => !HOSTS.some((host) => host.name === name));
if (unknown.length > 0) throw new TypeError(`No host is called ${unknown.join(", ")}.`);

const folder = mkdtempSync(join(tmpdir(), "works-with-"));
const registry = await startRegistry(folder);
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
let failed = 0;
try {
  await publishPackages({ folder, url: registry.url });
  for (const host of HOSTS.filter(({ name }) => names.includes(name))) {
    const started = performance.now();
    const outcome = await tryHost(host, { folder, registry: registry.url, browser }).then(
      () => "works",
      (error) => `FAILED: ${error.message}`,
    );
    if (outcome !== "works") failed += 1;
    console.log(`${host.title}: ${outcome} (${Math.round((performance.now() - started) / 1000)} s)`);
  }
} finally {
  await browser.close();
  await registry.close();
  if (values.keep) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
