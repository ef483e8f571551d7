import { expect, it } from "vitest";
import { outboundMessage } from "../delivery/outbound-message.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import { messageFrame } from "./outbound-frame.js";

const envelope: SealedEnvelope = {
  id: "1",
  channel: "gauges",
  event: "message",
  json: '{"name":"oil"}',
  at: 0,
  sender: { type: "system" },
};
const encoded = Buffer.from("x");

it("gives each key of a channel a slot of its own", () => {
  const keyOf = (payload: unknown) => (payload as { name: string }).name;
  const frameOf = (more: Partial<SealedEnvelope>) =>
    messageFrame(encoded, outboundMessage(1, { ...envelope, ...more }, { kind: "conflate", keyOf }));
  const frames = [frameOf({}), frameOf({ json: '{"name":"water"}' }), frameOf({ channel: "others" })];
  expect(frames[0]).toMatchObject({ overflow: "conflate", channel: "gauges", bytes: 1 });
  expect(new Set(frames.map(({ slot }) => slot)).size).toBe(3);
});

it("lets a message whose key cannot be read replace nothing, and keeps it in its channel's order", () => {
  const keyOf = (): string => {
    throw new Error("no such field");
  };
  const [first, second] = ["1", "2"].map((id) =>
    messageFrame(encoded, outboundMessage(1, { ...envelope, id }, { kind: "conflate", keyOf })),
  );
  expect(first).toMatchObject({ overflow: "conflate" });
  expect(first?.slot).not.toBe(second?.slot);
});
