import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { ws } from "./ws-transport.js";

const transport = ws({ WebSocket: WebSocket as unknown as typeof globalThis.WebSocket });

/** A server that takes calls and answers none. */
async function silentPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it("tells of a server that is not there, and Node's class of ws does not end the process over it", async () => {
  const port = await silentPort();
  const closed = await new Promise((resolve) => {
    const events = { onFrame: () => undefined, onClose: resolve };
    const link = transport.open({ url: `http://127.0.0.1:${port}/`, token: undefined }, events);
    expect(link).toBeDefined();
    setTimeout(() => undefined);
  }).catch(() => undefined);
  expect(closed).toBeDefined();
});
