import { connect } from "node:net";

/** What is sent to a port; `target` is what stands after GET, whatever that is. */
export interface RawUpgrade {
  readonly port: number;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const HANDSHAKE = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Requests a WebSocket by hand, as no browser would; resolves with the status of the response and closes. */
export async function rawUpgrade({ port, target, headers = {} }: RawUpgrade): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...HANDSHAKE, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`GET ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  try {
    for await (const chunk of socket) return Number(/^HTTP\/1\.1 (\d{3})/.exec(String(chunk))?.[1]);
    throw new Error(`${target}: the server closed without a response.`);
  } finally {
    socket.destroy();
  }
}
