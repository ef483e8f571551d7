// Packs what is published, and serves it from a registry on loopback until Ctrl+C: node serve-registry.mjs. Needs a build of what is published.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishPackages } from "./registry/publish-packages.mjs";
import { startRegistry } from "./registry/start-registry.mjs";

const folder = mkdtempSync(join(tmpdir(), "fourgate-registry-"));
const registry = await startRegistry(folder);
try {
  await publishPackages({ folder, url: registry.url });
  console.log(`fourgate, create-fourgate and eslint-plugin-realtime are served until Ctrl+C. In another terminal:

export npm_config_registry=${registry.url}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
} finally {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}
