import { expect, it } from "vitest";
import { flawsIn } from "./listener";

it.each([
  ["nothing", [], { silent: 0, doubled: 0, reported: 0 }],
  ["all messages, wherever they begin", [4, 5, 6], { silent: 0, doubled: 0, reported: 0 }],
  ["a hole that was reported", [1, 2, "gap", 7, 8], { silent: 0, doubled: 0, reported: 1 }],
  ["a hole that was not", [1, 2, 5, 6], { silent: 2, doubled: 0, reported: 0 }],
  ["a message that came again", [1, 2, 3, 2, 3, 4], { silent: 0, doubled: 2, reported: 0 }],
  ["a hole behind one that was reported", [1, "gap", 5, 7], { silent: 1, doubled: 0, reported: 1 }],
] as const)("counts %s", (_name, received, flaws) => {
  expect(flawsIn(received)).toEqual(flaws);
});
