import { expect, it } from "vitest";
import { Hold } from "./hold";

it("holds every caller until it is released, and none after that", async () => {
  const hold = new Hold();
  const log: string[] = [];
  const passing = hold.pass().then(() => log.push("passed"));
  await hold.reached;
  log.push("reached");
  hold.release();
  await passing;
  await hold.pass();
  expect(log).toEqual(["reached", "passed"]);
});
