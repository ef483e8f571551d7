import { expect, it } from "vitest";
import { selfTimesOf } from "./cpu-profile.js";

const node = (id: number, functionName: string) => ({
  id,
  callFrame: { functionName, url: "", lineNumber: 0, columnNumber: 0 },
});

it("gives each sample's time to the function that ran until the next", () => {
  const profile = { nodes: [node(1, "a"), node(2, "b")], samples: [1, 2, 1, 1], timeDeltas: [50, 10, 20, 40] };
  expect(selfTimesOf(profile).map(({ micros }) => micros)).toEqual([10 + 40, 20]);
});

it("finds nothing in a profile without samples", () => {
  expect(selfTimesOf({ nodes: [node(1, "a")] })).toMatchObject([{ micros: 0 }]);
});
