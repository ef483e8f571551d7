import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { isRunning, reaches, survivors } from "./session.mjs";

it("takes a process for running until it has ended", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  expect(isRunning(child.pid)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isRunning(child.pid)).toBe(false);
});

it("does not take a zombie for running, nor wait for it", async () => {
  // the shell becomes a program that never waits for the child that it inherits; the child ends when that has happened, not before
  const child = "sh -c 'until grep -q sleep /proc/$PPID/comm; do :; done'";
  const parent = spawn("sh", ["-c", `${child} & echo $!; exec sleep 60`], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(parent.stdout, "data");
  const zombie = Number(line);
  await vi.waitFor(() => expect(isRunning(zombie)).toBe(false), 5_000);
  expect(reaches(zombie, 0)).toBe(true);
  expect(survivors(parent.pid)).toEqual([parent.pid]);
  parent.kill("SIGKILL");
});

it("reports where a signal reaches no process", () => {
  expect(reaches(2 ** 22 + 1, 0)).toBe(false); // above the highest process id of Linux
});
