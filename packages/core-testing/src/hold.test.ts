import { expect, it } from "vitest";
import { Hold } from "./hold";

it("keeps whoever comes until it lets go, and nobody after that", async () => {
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
