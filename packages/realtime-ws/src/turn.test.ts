import { expect, it } from "vitest";
import { frame } from "./testing/outbox-stage.js";
import { Turn } from "./turn.js";

it("flushes each who asked, in the order of their asking, and who asks meanwhile in the next turn", () => {
  const [turn, seen] = [new Turn(), [] as string[]];
  const late = { flush: () => seen.push("late") };
  const early = {
    flush() {
      seen.push("early");
      turn.add(late);
    },
  };
  turn.add(early);
  turn.add({ flush: () => seen.push("second") });
  turn.end();
  expect(seen).toEqual(["early", "second"]);
  turn.end();
  expect(seen).toEqual(["early", "second", "late"]);
});

it("keeps nothing of what was said once it is over", () => {
  const [turn, said] = [new Turn(), frame("said")];
  const before = turn.start.with(said);
  expect(turn.start.with(said)).toBe(before);
  turn.end();
  expect(turn.start.with(said)).not.toBe(before);
});
