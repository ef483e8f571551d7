import { expect, it } from "vitest";
import { InProcessBroker } from "./in-process-broker.js";
import type { RealtimeEnvelope } from "../wire/envelope.js";

const envelope: RealtimeEnvelope = {
  id: "1",
  channel: "a",
  event: "message",
  payload: 1,
  at: 1,
  sender: { type: "system" },
};
const outOfOrder = () => {
  throw new Error("this node is out of order");
};

it("lets the other nodes hear and carry out what one node fails at, and tells the speaker", async () => {
  const broker = new InProcessBroker();
  const seen: unknown[] = [];
  broker.listen({ onEnvelope: outOfOrder, onCommand: outOfOrder });
  broker.listen({ onEnvelope: ({ id }) => seen.push(id), onCommand: ({ kind }) => void seen.push(kind) });
  expect(() => broker.publish(envelope)).toThrow(/out of order/);
  await expect(broker.command({ kind: "expel", userId: "mia" })).rejects.toThrow(/out of order/);
  expect(seen).toEqual(["1", "expel"]);
});

it("carries a command out within the turn of the call", () => {
  const broker = new InProcessBroker();
  let isDone = false;
  broker.listen({ onEnvelope: () => undefined, onCommand: () => void (isDone = true) });
  void broker.command({ kind: "expel", userId: "mia" });
  expect(isDone).toBe(true);
});
