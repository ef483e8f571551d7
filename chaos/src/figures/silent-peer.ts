import { connect, type Socket } from "node:net";

/** How far a peer goes before it falls silent: it connects and sends nothing, or it subscribes and sends nothing after that. */
export type Silence = "no frame" | "no heartbeat";

/** One peer: its connection, and what it sends. */
export interface SilentPeer {
  readonly socket: Socket;
  readonly port: number;
  readonly silence: Silence;
  /** Writes, and notes when it last did. */
  readonly publish: (bytes: string | Buffer) => void;
}

/** Sends what is needed to get so far on one transport, without a library, so that no ping is replied to. */
export type Dialect = (peer: SilentPeer) => void;

const SUBSCRIBE = { id: "1", channel: "news" };

/** A WebSocket's upgrade, up to the first frame. */
function upgradeTo(path: string, protocol = ""): string {
  const key = "dGhlIHNhbXBsZSBub25jZQ==";
  return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n${protocol}\r\n`;
}

/** A masked text frame; the mask is all zeros, so that the text stays as it is. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  if (body.length > 125) throw new TypeError("Short texts only.");
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

function ws({ silence, publish }: SilentPeer): void {
  publish(upgradeTo("/realtime", "sec-websocket-protocol: fourgate.v2\r\n"));
  if (silence === "no heartbeat") publish(textFrame(JSON.stringify({ type: "subscribe", ...SUBSCRIBE })));
}

/** "40" opens Socket.IO's own connection, "42" is an event; without them there is only Engine.IO's. */
function socketIO({ socket, silence, publish }: SilentPeer): void {
  publish(upgradeTo("/socket.io/?EIO=4&transport=websocket"));
  if (silence === "no frame") return;
  const replies = [
    { to: '"upgrades"', with: "40" },
    { to: "connectionId", with: `42${JSON.stringify(["subscribe", SUBSCRIBE])}` },
  ];
  socket.on("data", (chunk: Buffer) => {
    const [next] = replies;
    if (next && chunk.toString("latin1").includes(next.to)) publish(textFrame(replies.shift()?.with ?? ""));
  });
}

function sse({ socket, port, silence, publish }: SilentPeer): void {
  publish("GET /realtime HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\naccept: text/event-stream\r\n\r\n");
  if (silence === "no frame") return;
  socket.once("data", (chunk: Buffer) => {
    const capability = /fourgate-connection: (\S+)/i.exec(chunk.toString("latin1"))?.[1] ?? "";
    const body = JSON.stringify([{ type: "subscribe", ...SUBSCRIBE }]);
    const post = connect(port, "127.0.0.1").on("error", () => undefined);
    post.end(
      `POST /realtime HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\nfourgate-connection: ${capability}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    post.resume().once("close", () => publish("")); // only now it has been received
  });
}

export const DIALECTS: Readonly<Record<string, Dialect>> = { ws, "socket.io": socketIO, sse };
