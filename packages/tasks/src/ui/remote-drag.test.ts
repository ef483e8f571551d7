import { expect, it } from "vitest";
import { holdersOf, withDrag, withoutDrag, withoutForgotten, type RemoteDrags } from "./remote-drag.js";

const sam = { connectionId: "c-1", userId: "sam", name: "Sam", hue: 28 };
const drag = { connectionId: "c-1", card: "a", x: 0.1, y: 0.2, at: 1_000 };
const none: RemoteDrags = new Map();

it("has the last place of each hand", () => {
  const drags = withDrag(withDrag(none, drag), { ...drag, x: 0.5 });
  expect([...drags.values()]).toEqual([{ ...drag, x: 0.5 }]);
});

it("ends with the drop, and is the same where nothing was dragged", () => {
  const drags = withDrag(none, drag);
  expect(withoutDrag(drags, "c-1").size).toBe(0);
  expect(withoutDrag(drags, "c-2")).toBe(drags);
});

it("forgets a hand of which nothing was received for four seconds", () => {
  const drags = withDrag(none, drag);
  expect(withoutForgotten(drags, 4_999)).toBe(drags);
  expect(withoutForgotten(drags, 5_000).size).toBe(0);
});

it("shows a card in the hand of somebody who is on the board, and of nobody else", () => {
  const drags = withDrag(none, drag);
  expect(holdersOf(drags, [sam])).toEqual(new Map([["a", sam]]));
  expect(holdersOf(drags, [])).toEqual(new Map());
});
