import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { chromium } from "playwright-core";
import { publishPackages } from "../registry/publish-packages.mjs";
import { startRegistry } from "../registry/start-registry.mjs";
import { tryHost } from "./try-host.mjs";

/** A registry with the packed packages and a browser, in a folder of their own. Needs a build of what is published. */
export async function openTrial({ keep = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "works-with-"));
  const registry = await startRegistry(folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
  await publishPackages({ folder, url: registry.url });
  return {
    folder,
    tryHost: (host) => tryHost(host, { folder, registry: registry.url, browser }),
    async close() {
      await browser.close();
      await registry.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
