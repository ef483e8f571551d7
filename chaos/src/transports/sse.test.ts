import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { sse } from "./sse";

/** Replies `connected` to every GET, and records the frames of every POST. */
async function notingServer() {
  const posts: { readonly id: string }[][] = [];
  const server = createServer((request, response) => {
    if (request.method === "GET") return void response.write('data: {"type":"connected","connectionId":"c"}\n\n');
    void text(request).then((body) => {
      posts.push(JSON.parse(body) as { readonly id: string }[]);
      response.writeHead(202).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { posts, port: (server.address() as AddressInfo).port };
}

it("posts no more frames at once than the server takes, in their order", async () => {
  const { posts, port } = await notingServer();
  const isConnected = new Promise<void>((resolve) => {
    const link = sse.linksTo(
      port,
      "mia",
    )({
      onFrame() {
        for (let n = 0; n < 250; n += 1) link.send({ type: "subscribe", id: `${n}`, channel: "hall" });
        resolve();
      },
      onClose: () => undefined,
    });
    onTestFinished(() => link.cut());
  });
  await isConnected;
  await expect.poll(() => posts.flat().map(({ id }) => Number(id))).toEqual(Array.from({ length: 250 }, (_, n) => n));
  expect(Math.max(...posts.map(({ length }) => length))).toBe(100);
});
