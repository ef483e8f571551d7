import { expect, it } from "vitest";
import { runStep } from "./run-step.mjs";

const step = (run) => ({ name: "step", run });

it("passes a command that exits with 0 and keeps what it printed, in order", async () => {
  const outcome = await runStep(step("echo one; echo two >&2; echo three"));
  expect(outcome).toMatchObject({ name: "step", passed: true, output: "one\ntwo\nthree\n" });
});

it.each(["exit 1", "false && true", "no-such-command"])("fails %j", async (run) => {
  expect(await runStep(step(run))).toMatchObject({ passed: false });
});

it("finds the workspace's own binaries", async () => {
  expect(await runStep(step("turbo --version"))).toMatchObject({
    passed: true,
    output: expect.stringMatching(/^\d+\.\d+/m),
  });
});

it("gives a command that reads an end, not a terminal", async () => {
  expect(await runStep(step("cat"))).toMatchObject({ passed: true, output: "" });
});

it("gives a step the minutes that it requires", async () => {
  const outcome = await runStep({ ...step("exec sleep 60"), minutes: 0.005 });
  expect(outcome).toMatchObject({ passed: false, output: expect.stringContaining("ended by SIGTERM") });
});

it("fails a command that hangs, and keeps what it had printed", async () => {
  const outcome = await runStep(step("echo started; exec sleep 60"), { timeout: 500 });
  expect(outcome).toMatchObject({ passed: false, output: "started\n\nended by SIGTERM" });
});
