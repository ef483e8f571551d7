import { expect, it } from "vitest";
import { cardKeyOf } from "./card-key.js";

const press = (key: string, { shiftKey = false, isPickedUp = false } = {}) => cardKeyOf({ key, shiftKey }, isPickedUp);

it("goes from card to card by arrow keys, and moves a card by Shift and arrow keys", () => {
  expect(press("ArrowDown")).toEqual({ kind: "focus", key: "ArrowDown" });
  expect(press("ArrowDown", { shiftKey: true })).toEqual({ kind: "move", key: "ArrowDown" });
});

it("moves a card that was picked up by arrow keys alone, until it is dropped or put back", () => {
  expect(press(" ")).toEqual({ kind: "pickUp" });
  const isPickedUp = true;
  expect(press("ArrowLeft", { isPickedUp })).toEqual({ kind: "move", key: "ArrowLeft" });
  for (const key of [" ", "Enter"]) expect(press(key, { isPickedUp })).toEqual({ kind: "drop" });
  expect(press("Escape", { isPickedUp })).toEqual({ kind: "putBack" });
});

it("takes no key that is not a card's", () => {
  for (const key of ["Tab", "Escape", "a"]) expect(press(key)).toBeUndefined();
});
