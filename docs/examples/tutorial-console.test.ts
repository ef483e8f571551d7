import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtime } from "fourgate/server";
import { WsRealtimeServer } from "fourgate/ws";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { pollChannel } from "./first-channel/polls.channel.js";
import { onVote, tallyOf } from "./first-channel/polls.handler.js";

const TUTORIAL = new URL("../guides/first-channel.md", import.meta.url);

it("the tutorial's lines for the console are refused with PAYLOAD_INVALID, and count no vote", async () => {
  const [, code = ""] = /```js\n([\s\S]*?)```/.exec(readFileSync(TUTORIAL, "utf8")) ?? [];
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.register(pollChannel, { handler: onVote, opening: ({ params }) => tallyOf(params.pollId) });
  const httpServer = createServer();
  await realtime.serve(new WsRealtimeServer({ httpServer }));
  await once(httpServer.listen(0, "127.0.0.1"), "listening");
  const before = tallyOf("lunch");

  const url = `ws://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const sockets: WebSocket[] = [];
  class PageSocket extends WebSocket {
    constructor(path: string, protocol: string) {
      super(url + path, protocol); // a page completes the address itself
      sockets.push(this);
    }
  }
  const printed: unknown[] = [];
  const run = new Function("WebSocket", "console", code); // as a console does
  run(PageSocket, { log: (data: unknown) => printed.push(JSON.parse(String(data))) });

  const refused = expect.objectContaining({
    id: "2",
    ok: false,
    error: expect.objectContaining({ code: "PAYLOAD_INVALID" }),
  });
  await expect.poll(() => printed).toContainEqual(refused);
  expect(tallyOf("lunch")).toEqual(before);
  for (const socket of sockets) socket.terminate();
  await realtime.close();
  httpServer.close();
});
