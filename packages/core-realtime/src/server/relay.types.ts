import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeBroadcaster } from "../index.js";
import { relay } from "./index.js";

declare const realtime: IRealtimeBroadcaster;
const line = z.object({ text: z.string() });

export const fits = relay(
  defineRealtimeChannel({ name: "a", scope: "public", payload: { said: line }, inbound: { said: line } }),
  realtime,
);
export const single = relay(
  defineRealtimeChannel({ name: "b", scope: "public", payload: line, inbound: line }),
  realtime,
);
// @ts-expect-error an inbound event that the server never speaks
relay(
  defineRealtimeChannel({ name: "c", scope: "public", payload: { said: line }, inbound: { shouted: line } }),
  realtime,
);
// @ts-expect-error payloads that differ
relay(
  defineRealtimeChannel({ name: "d", scope: "public", payload: line, inbound: z.object({ n: z.number() }) }),
  realtime,
);
