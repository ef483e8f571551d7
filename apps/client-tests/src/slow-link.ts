import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

const SEGMENT_BYTES = 64 * 1024; // read at once: timers have whole milliseconds

/** A TCP proxy that passes on so many bytes a second of what the server sends, and can be cut. */
export interface SlowLink {
  readonly origin: string;
  /** Ends every connection, and refuses new ones until `mend`. */
  cut(): void;
  mend(): void;
}

/** Opens a slow link to a server on this machine; ends with the test. */
export async function slowLinkTo(origin: string, bytesPerSecond: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const end = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const proxy = createServer({ highWaterMark: SEGMENT_BYTES, noDelay: true }, (client) => {
    if (isCut) return void client.destroy();
    const server = connect({ port: Number(new URL(origin).port), host: "127.0.0.1", noDelay: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => other.destroy());
    }
    client.on("data", (data) => server.write(data));
    server.on("data", (data) => {
      client.write(data);
      server.pause();
      setTimeout(() => server.resume(), (data.length / bytesPerSecond) * 1_000);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    end();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
  };
}
