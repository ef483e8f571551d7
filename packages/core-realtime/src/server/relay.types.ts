import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeBroadcaster } from "../index.js";
import { relay } from "./index.js";

declare const realtime: IRealtimeBroadcaster;
const scope = "public";
const line = z.object({ text: z.string() });
const many = defineRealtimeChannel({ name: "a", scope, payload: { posted: line }, inbound: { posted: line } });
const single = defineRealtimeChannel({ name: "b", scope, payload: line, inbound: line });
const neverPublished = defineRealtimeChannel({
  name: "c",
  scope,
  payload: { posted: line },
  inbound: { shouted: line },
});
const otherPayload = defineRealtimeChannel({ name: "d", scope, payload: line, inbound: z.object({ n: z.number() }) });

relay(many, realtime);
relay(single, realtime);
// @ts-expect-error an inbound event that the server never publishes
relay(neverPublished, realtime);
// @ts-expect-error payloads that differ
relay(otherPayload, realtime);
