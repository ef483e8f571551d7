import type { AddressInfo } from "node:net";
import { createRealtimeClient } from "fourgate/client";
import { byToken } from "fourgate/testing";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { startChat } from "./chat-node.js";
import { openRoom, type ChatChannels } from "./chat-room.js";

vi.stubGlobal("WebSocket", WebSocket); // as browsers have it, and Node since 22

async function openChat() {
  const people = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } };
  const { httpServer, realtime } = await startChat({ port: 0, authenticator: byToken(people) });
  onTestFinished(async () => {
    await realtime.close({ drainMs: 100 });
    httpServer.close();
  });
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}/realtime`;
}

/** Somebody in the room, and what their page shows. */
function enter(url: string, name: string) {
  const client = createRealtimeClient<ChatChannels>({ url, auth: () => name });
  const shown = { lines: [] as readonly string[], typing: [] as readonly string[] };
  const room = openRoom(client, "general", (lines, typing) => {
    shown.lines = lines.map(({ from, text }) => `${from}: ${text}`);
    shown.typing = typing;
  });
  onTestFinished(() => {
    room.close();
    client.disconnect();
  });
  return { room, shown };
}

it("delivers to both, shows who is typing until the message comes, and opens with the last lines", async () => {
  const url = await openChat();
  const mia = enter(url, "mia");
  await mia.room.post("Hello");
  const sam = enter(url, "sam");
  await expect.poll(() => sam.shown.lines).toEqual(["mia: Hello"]);

  mia.room.isTyping();
  await expect.poll(() => sam.shown.typing).toEqual(["mia"]);
  await mia.room.post("How are you?");
  await expect.poll(() => sam.shown).toEqual({ lines: ["mia: Hello", "mia: How are you?"], typing: [] });
  await expect.poll(() => mia.shown.lines).toEqual(["mia: Hello", "mia: How are you?"]);
});

it("refuses an empty message with PAYLOAD_INVALID", async () => {
  const mia = enter(await openChat(), "mia");
  await expect(mia.room.post("  ")).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
});
