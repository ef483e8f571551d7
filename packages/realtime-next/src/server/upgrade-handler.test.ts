import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { createUpgradeHandler, type NodeUpgrade } from "./upgrade-handler";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Replies of a server whose upgrades this handler takes: the status that a client receives. */
async function statusOf(path: string, handler: ReturnType<typeof createUpgradeHandler>): Promise<number | undefined> {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  server.on("upgrade", (req, socket, head) => void handler(undefined, { node: { req, socket, head } }));
  const { port } = server.address() as AddressInfo;
  const headers = { connection: "Upgrade", upgrade: "websocket" };
  const sent = request({ port, host: "127.0.0.1", path, headers, agent: false });
  sent.end();
  const [response] = await Promise.race([once(sent, "response"), once(sent, "upgrade")]);
  response.resume();
  return response.statusCode;
}

const realtime = {
  isOwn: ({ url }: { readonly url?: string | undefined }) => url === "/realtime",
  handleUpgrade: (_: NodeUpgrade["req"], socket: NodeUpgrade["socket"]) =>
    void socket.end("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"),
};

it("gives an upgrade to the transport that owns its path", async () => {
  expect(await statusOf("/realtime", createUpgradeHandler([realtime]))).toBe(426);
});

it("refuses an upgrade that is nobody's with 404, so that no client waits", async () => {
  expect(await statusOf("/elsewhere", createUpgradeHandler([realtime]))).toBe(404);
});

it("gives an upgrade that is nobody's to what was passed in", async () => {
  const others = ({ socket }: NodeUpgrade) => void socket.end("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
  expect(await statusOf("/elsewhere", createUpgradeHandler([realtime], others))).toBe(410);
});
