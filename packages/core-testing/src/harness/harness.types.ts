import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";
import type { HarnessClient } from "./harness-client";
import type { RealtimeHarness } from "./realtime-harness";

// Must compile, or must not: `tsc` is the test.
declare const harness: RealtimeHarness<"mia" | "sam">;
declare const client: HarnessClient;

const chat = defineRealtimeChannel({
  name: "chat.{roomId}",
  scope: "authenticated",
  payload: { posted: z.object({ text: z.string() }), left: z.object({ who: z.string() }) },
  inbound: { post: z.object({ text: z.string() }), leave: z.object({}) },
  reply: z.object({ version: z.number() }),
});
const ping = defineRealtimeChannel({ name: "ping", scope: "public", payload: z.object({ at: z.number() }) });
const echo = defineRealtimeChannel({ name: "echo", scope: "public", payload: z.string(), inbound: z.string() });
const room = chat.at({ roomId: "7" });

void harness.client("mia");
void harness.client({ userId: "tom", roles: [] });
void harness.client();
// @ts-expect-error no user of that name
void harness.client("pia");

void client.subscribe(ping);
void client.subscribe(room, { rewind: 3 });
// @ts-expect-error a templated channel without .at(…)
void client.subscribe(chat);

void client.send(room, "post", { text: "hi" }).then(({ version }) => version satisfies number);
void client.send(echo, "hi");
// @ts-expect-error another event's payload
void client.send(room, "leave", { text: "hi", more: 1 });
// @ts-expect-error a missing field
void client.send(room, "post", {});
// @ts-expect-error an unknown event
void client.send(room, "shout", { text: "hi" });
// @ts-expect-error a channel on which clients only listen
void client.send(ping, { at: 1 });

for (const message of client.received(room)) {
  if (message.event === "posted") message.payload.text satisfies string;
  // @ts-expect-error the payload of "posted" has no such field
  else message.payload.text satisfies string;
}
// @ts-expect-error a templated channel without .at(…)
client.received(chat);
