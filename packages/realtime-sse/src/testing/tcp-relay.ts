import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy that buffers nothing: each byte is sent in a packet of its own, both ways: the finest cut that a network may make. */
export async function relayTo(url: string): Promise<{ readonly url: string; cutAll(): void }> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes: Buffer) => bytes.forEach((_byte, at) => to.write(bytes.subarray(at, at + 1))));
      from.once("end", () => to.end());
      from.once("close", () => to.destroy());
      from.on("error", () => undefined); // "close" follows
    }
  });
  const cutAll = () => sockets.forEach((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    cutAll();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`, cutAll };
}
