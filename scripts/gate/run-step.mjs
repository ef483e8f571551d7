import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const MINUTES = 8; // a step that hangs must still show its output; on a busy machine everything takes three times as long
const env = {
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
  NO_COLOR: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};

/** Runs one step's command line without a terminal; resolves with whether it passed, how long it took, and all that it printed. */
export async function runStep({ name, run, minutes = MINUTES }, { cwd = root, timeout = minutes * 60_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "step-"));
  const log = openSync(join(folder, "output"), "w"); // one file for both streams keeps their order
  const since = performance.now();
  try {
    const child = spawn(run, { shell: true, cwd, env, timeout, stdio: ["ignore", log, log] });
    const [code, signal] = await once(child, "exit");
    const output = readFileSync(join(folder, "output"), "utf8") + (signal ? `\nended by ${signal}` : "");
    return { name, passed: code === 0, seconds: (performance.now() - since) / 1000, output };
  } finally {
    closeSync(log);
    rmSync(folder, { recursive: true });
  }
}
