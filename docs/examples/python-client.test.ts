import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { createRealtime, relay } from "@repo/core-realtime/server";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { findPython } from "@repo/scripts/find-python";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

const python = findPython();

const line = z.object({ text: z.string() });
const chat = defineRealtimeChannel({
  name: "chat.{room}",
  scope: "public",
  payload: { said: line },
  inbound: { said: line },
  history: { size: 100, ttlMs: 60_000 },
});
const room = chat.at({ room: "1" });

/** A server whose links can be cut, as a network would. */
async function serve() {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.register(chat, relay(chat, realtime.broadcaster));
  const httpServer = createServer();
  const links = new Set<{ destroy(): void }>();
  httpServer.on("connection", (socket) => links.add(socket));
  await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await realtime.close({ drainMs: 1 });
    httpServer.close();
  });
  const say = (text: string) => realtime.broadcaster.broadcast(room, "said", { text });
  const cut = () => links.forEach((link) => link.destroy());
  return { url: `ws://127.0.0.1:${(httpServer.address() as AddressInfo).port}/realtime`, say, cut };
}

/** The example, as a person would start it. */
function start(url: string) {
  const file = fileURLToPath(new URL("client.py", import.meta.url));
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(python ?? "", [file, url, room.name, "said"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += String(chunk)));
  const publish = (text: string) => child.stdin.write(`${JSON.stringify({ text })}\n`);
  const shows = (text: string) => expect.poll(() => printed, { timeout: 15_000, interval: 10 }).toContain(text);
  return { publish, shows, printed: () => printed };
}

it.skipIf(!python)(
  "connects, subscribes, publishes, and recovers what it missed while the link was cut",
  async () => {
    const server = await serve();
    const client = start(server.url);
    client.publish("hello from Python");
    await client.shows('reply {"type": "reply"');
    await client.shows('message {"text": "hello from Python"}');
    server.cut();
    for (const text of ["one", "two", "three"]) await server.say(text);
    await client.shows('message {"text": "three"}');
    client.publish("still here");
    await client.shows('message {"text": "still here"}');
    const messages = client.printed().match(/(?<=message \{"text": ")[^"]+/g);
    expect(messages).toEqual(["hello from Python", "one", "two", "three", "still here"]);
    expect(client.printed()).not.toContain("stale");
  },
  40_000,
);
