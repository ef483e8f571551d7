import { expect, it } from "vitest";
import { InProcessBroker } from "./in-process-broker.js";
import type { SealedEnvelope } from "../wire/sealed-envelope.js";

const envelope: SealedEnvelope = {
  id: "1",
  channel: "a",
  event: "message",
  json: "1",
  at: 1,
  sender: { type: "system" },
};
const quiet = {
  onEnvelope: () => undefined,
  onCommand: () => undefined,
  onGap: () => undefined,
  onIsolated: () => undefined,
  onRejoined: () => undefined,
};
const outOfOrder = () => {
  throw new Error("this node is out of order");
};

it("continues with the other nodes where one fails, and throws to the publisher", async () => {
  const broker = new InProcessBroker();
  const seen: unknown[] = [];
  broker.join("1", { ...quiet, onEnvelope: outOfOrder, onCommand: outOfOrder });
  const node = broker.join("2", {
    ...quiet,
    onEnvelope: ({ id }) => seen.push(id),
    onCommand: ({ kind }) => void seen.push(kind),
  });
  expect(() => node.publish(envelope)).toThrow(/out of order/);
  await expect(node.command({ kind: "expel", userId: "mia" })).rejects.toThrow(/out of order/);
  expect(seen).toEqual(["1", "expel"]);
});

it("carries a command out within the turn of the call", () => {
  const broker = new InProcessBroker();
  let isDone = false;
  const node = broker.join("1", { ...quiet, onCommand: () => void (isDone = true) });
  void node.command({ kind: "expel", userId: "mia" });
  expect(isDone).toBe(true);
});

it("delivers nothing to a node that leaves while an envelope is being delivered, and nothing twice to those that stay", () => {
  const broker = new InProcessBroker();
  const seen: string[] = [];
  const leaving = () => void second.leave();
  const first = broker.join("1", { ...quiet, onEnvelope: leaving });
  const second = broker.join("2", { ...quiet, onEnvelope: () => seen.push("2") });
  broker.join("3", {
    ...quiet,
    onEnvelope() {
      seen.push("3");
      broker.join("4", { ...quiet, onEnvelope: () => seen.push("4") });
    },
  });
  void first.publish(envelope);
  expect(seen).toEqual(["3"]);
});
