import { expect, it } from "vitest";
import { place } from "./place.js";

const known = { epoch: "e", offset: 7 };

it.each([
  { name: "takes the next", before: known, at: { epoch: "e", offset: 8 }, placement: "take" },
  { name: "drops the one it has", before: known, at: { epoch: "e", offset: 7 }, placement: "drop" },
  { name: "drops an older one", before: known, at: { epoch: "e", offset: 3 }, placement: "drop" },
  { name: "sees a hole", before: known, at: { epoch: "e", offset: 9 }, placement: "hole" },
  { name: "sees a new epoch", before: known, at: { epoch: "f", offset: 8 }, placement: "epoch" },
  { name: "takes anything at first", before: undefined, at: { epoch: "e", offset: 9 }, placement: "take" },
  { name: "takes what has no position", before: known, at: undefined, placement: "take" },
])("$name", ({ before, at, placement }) => {
  expect(place(before, at)).toBe(placement);
});
