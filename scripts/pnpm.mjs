// Runs the pnpm that package.json pins, fetched by npx, so that Node and npm are all a newcomer needs.
// `node scripts/pnpm.mjs run test:all` installs first (frozen: what the lock file contains, nothing newer), then runs.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { foreground } from "./foreground.mjs";

const cwd = join(dirname(fileURLToPath(import.meta.url)), "..");
const { packageManager } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
const env = {
  ...process.env,
  npm_config_update_notifier: "false",
  npm_config_fund: "false",
  npm_config_audit: "false",
};
const pnpm = (...args) => foreground("npx", ["--yes", packageManager, ...args], { cwd, env });

const installed = await pnpm("install", "--frozen-lockfile", "--prefer-offline");
process.exitCode = installed === 0 ? await pnpm(...process.argv.slice(2)) : installed;
