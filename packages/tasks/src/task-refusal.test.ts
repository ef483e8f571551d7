import { refuse, type RefusalInput } from "@repo/core-realtime";
import { entityConflict } from "@repo/realtime-entities";
import { expect, it } from "vitest";
import { taskListChannel } from "./realtime/task-entity.channel.js";
import { taskRefusalOf, type TaskRefusalCode } from "./task-refusal.js";

/** What reaches a page of what `act` throws. */
function arrived(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && "toWire" in error && typeof error.toWire === "function")
      return Object.assign(new Error("no"), JSON.parse(JSON.stringify(error.toWire())));
  }
  throw new Error("Nothing was refused.");
}

const refused = <Code extends TaskRefusalCode>(code: Code, data: RefusalInput<typeof taskListChannel, Code>) =>
  taskRefusalOf(arrived(() => refuse(taskListChannel, code, data)));

it("has a sentence for each refusal of the channel", () => {
  expect(refused("BOARD_FULL", { max: 300 })?.sentence).toBe("The board is full with 300 cards: delete a card first.");
  expect(refused("CARD_EXISTS", { id: "a" })).toMatchObject({ code: "CARD_EXISTS" });
  expect(refused("CARD_UNKNOWN", {})).toEqual({ code: "CARD_UNKNOWN", sentence: "This card is gone." });
  expect(refused("STAFF_CARD", { tried: "delete" })?.sentence).toBe("Only staff may delete a staff card.");
});

it("knows the conflict that the repository throws, and does not show the card's id", () => {
  const throwConflict = () => {
    throw entityConflict("a");
  };
  expect(taskRefusalOf(arrived(throwConflict))).toEqual({
    code: "CONFLICT",
    sentence: "Somebody else has changed it meanwhile.",
  });
});

it.each([
  new Error("NOT_SUBSCRIBED"),
  new Error("The message was refused. (CONFLICT)"),
  Object.assign(new Error("no"), { reason: "ODD", data: {} }),
  Object.assign(new Error("no"), { reason: "constructor", data: {} }),
  "text",
  undefined,
])("has no refusal for %s", (error) => {
  expect(taskRefusalOf(error)).toBeUndefined();
});
