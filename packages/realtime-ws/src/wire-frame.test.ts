import type { RealtimeEnvelope } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { envelopeFrame } from "./wire-frame.js";

const envelope: RealtimeEnvelope = {
  id: "1",
  channel: "gauges",
  event: "message",
  payload: { name: "oil" },
  at: 0,
  sender: { type: "system" },
};

it("gives each key of a channel a slot of its own", () => {
  const keyOf = (payload: unknown) => (payload as { name: string }).name;
  const oil = envelopeFrame(envelope, { kind: "conflate", keyOf });
  const water = envelopeFrame({ ...envelope, payload: { name: "water" } }, { kind: "conflate", keyOf });
  const elsewhere = envelopeFrame({ ...envelope, channel: "others" }, { kind: "conflate", keyOf });
  expect(oil).toMatchObject({ overflow: "conflate", channel: "gauges" });
  expect(new Set([oil, water, elsewhere].map(({ slot }) => slot)).size).toBe(3);
});

it("skips nothing where the app's key cannot be read", () => {
  const keyOf = (): string => {
    throw new Error("no such field");
  };
  expect(envelopeFrame(envelope, { kind: "conflate", keyOf })).toMatchObject({ overflow: "close" });
});
