import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFailed } from "vitest";
import { foreground } from "./foreground.mjs";
import { isRunning, reaches } from "./session.mjs";

const module = fileURLToPath(new URL("./foreground.mjs", import.meta.url));
const quiet = { stdio: "ignore" };

/** Runs `foreground` in a process of its own, around Node code that prints a line once it is ready. */
async function around(code, graceMs = 5_000) {
  const inner = JSON.stringify(["-e", code]);
  const outer = `
    const { foreground } = await import(${JSON.stringify(module)});
    process.exitCode = await foreground(process.execPath, ${inner}, { graceMs: ${graceMs} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", outer], { stdio: ["ignore", "pipe", "inherit"] });
  const left = [child.pid];
  onTestFailed(() => left.forEach((pid) => reaches(pid, "SIGKILL")));
  const lines = child.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  const ended = once(child, "exit").then(([exitCode]) => exitCode);
  return { child, ended, line, pid };

  async function line() {
    return (await lines.next()).value?.trim();
  }

  async function pid() {
    left.push(Number(await line()));
    return left.at(-1);
  }
}

it("passes the exit code through", async () => {
  expect(await foreground(process.execPath, ["-e", "process.exit(7)"], quiet)).toBe(7);
  expect(await foreground(process.execPath, ["-e", ""], quiet)).toBe(0);
});

it("reports a command that a signal ended as 128 + n", async () => {
  expect(await foreground(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"], quiet)).toBe(137);
});

it("rejects where the command cannot be started", async () => {
  await expect(foreground("no-such-command", [], quiet)).rejects.toThrow("ENOENT");
});

it.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
])("passes %s to the command and to what that started, and exits with %i", async (signal, exitCode) => {
  const { child, ended, pid } = await around(`
    const { spawn } = require("node:child_process");
    const below = spawn(process.execPath, ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"], { stdio: "inherit" });
    setInterval(() => {}, 1000);`);
  const below = await pid();
  expect(isRunning(below)).toBe(true);
  child.kill(signal);
  expect(await ended).toBe(exitCode);
  expect(isRunning(below)).toBe(false);
});

it("waits for what drains, though the command itself has ended", async () => {
  const { child, ended, line } = await around(`
    const { spawn } = require("node:child_process");
    const drain = "process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(); }, 300)); console.log('ready'); setInterval(() => {}, 1000)";
    spawn(process.execPath, ["-e", drain], { stdio: "inherit" });`);
  expect(await line()).toBe("ready");
  child.kill("SIGTERM");
  expect(await line()).toBe("drained");
  expect(await ended).toBe(143);
});

const DEAF =
  "process.on('SIGTERM', () => console.log('heard')); console.log(process.pid); setInterval(() => {}, 1000);";

it.each(["its own", "another"])("kills what outlives the grace in %s process group", async (group) => {
  const monitor = group === "another" ? "set -m;" : "";
  const { child, ended, pid } = await around(
    `const args = ["-c", '${monitor} "$0" -e "$1" & wait', process.execPath, ${JSON.stringify(DEAF)}];
    require("node:child_process").spawn("bash", args, { stdio: "inherit" });
    process.on("SIGTERM", () => {});`,
    100,
  );
  const deaf = await pid();
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  expect(isRunning(deaf)).toBe(false);
});

it("passes on one signal where two come at once, and kills on one that comes later", async () => {
  const { child, ended, line, pid } = await around(DEAF, 60_000);
  const deaf = await pid();
  child.kill("SIGTERM");
  expect(await line()).toBe("heard");
  const since = Date.now();
  child.kill("SIGTERM"); // an echo: ignored
  const signals = setInterval(() => child.kill("SIGTERM"), 100);
  expect(await line()).toBeUndefined();
  clearInterval(signals);
  expect(Date.now() - since).toBeGreaterThan(800);
  expect(await ended).toBe(143);
  expect(isRunning(deaf)).toBe(false);
});

it("leaves nothing running behind a command that ended by itself", async () => {
  const { ended, pid } = await around(`
    const { spawn } = require("node:child_process");
    const left = spawn(process.execPath, ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"], { stdio: "inherit" });
    left.unref();
    setTimeout(() => process.exit(0), 300);`);
  const left = await pid();
  expect(await ended).toBe(0);
  expect(isRunning(left)).toBe(false);
});
