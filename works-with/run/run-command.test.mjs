import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "@repo/scripts/session";
import { expect, it, onTestFinished } from "vitest";
import { runCommand, startCommand } from "./run-command.mjs";

function place() {
  const cwd = mkdtempSync(join(tmpdir(), "run-command-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  return { cwd, env: {}, log: join(cwd, "log") };
}

it(
  "ends what a command has started too, in a process group of its own as pnpm makes it",
  { timeout: 60_000 },
  async () => {
    const server = "console.log(process.pid); setInterval(() => undefined, 1_000)";
    const command = startCommand(["bash", "-c", `set -m; "${process.execPath}" -e "${server}" & wait`], place());
    const pid = await expect.poll(() => Number(command.tail()), { timeout: 20_000 }).toBeGreaterThan(0).then(() => Number(command.tail())); // prettier-ignore
    command.stop();
    await command.ended;
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  },
);

it("rejects with what a command that fails has printed", async () => {
  await expect(runCommand(["node", "-e", "console.error('no such host'); process.exit(3)"], place())).rejects.toThrow(
    /ended with 3:\nno such host/,
  );
});
