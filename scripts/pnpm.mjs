// Runs the pnpm that package.json pins, fetched by npx, so that Node and npm are all a newcomer needs.
// `node scripts/pnpm.mjs run test:all` installs first (frozen), then runs in the foreground: signals go in, the exit code comes out.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const NO_NAGGING = { npm_config_update_notifier: "false", npm_config_fund: "false", npm_config_audit: "false" };

/** One foreground pnpm; resolves with its exit code, 128 + n for a signal. */
function pnpm(args) {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["--yes", packageManager, ...args], {
      cwd: root,
      stdio: "inherit",
      detached: true, // its own group: a signal reaches pnpm and everything below it, exactly once
      env: { ...process.env, ...NO_NAGGING },
    });
    const forward = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if (error.code !== "ESRCH") throw error; // ESRCH: it has ended already
      }
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (signal === "SIGINT" ? 2 : 15));
    });
  });
}

const installed = await pnpm(["install", "--frozen-lockfile", "--prefer-offline"]);
process.exitCode = installed === 0 ? await pnpm(process.argv.slice(2)) : installed;
