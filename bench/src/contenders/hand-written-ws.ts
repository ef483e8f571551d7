import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { Contender } from "./contender.js";
import { CheckedClient, FRAME, isOwnOrigin, RepliesById, type Frame, type Reply } from "./hand-written-checks.js";

const MAX_FRAME_BYTES = 64 * 1024;
const MAX_BUFFERED_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 25_000;

/** `ws` with the checks of a careful team: schema, rate, authorisation and id per message, heartbeats, a bound for slow readers. */
export function handWrittenWs(): Contender {
  const rooms = new Map<string, Set<WebSocket>>();
  const replies = new RepliesById();
  const alive = new WeakSet<WebSocket>();
  let users = 0;

  const broadcast = (channel: string, payload: unknown, sender: string | null) => {
    const text = JSON.stringify({ type: "message", id: randomUUID(), channel, payload, sender, at: Date.now() });
    for (const client of rooms.get(channel) ?? [])
      if (client.bufferedAmount > MAX_BUFFERED_BYTES) client.terminate();
      else client.send(text);
  };

  const run = (socket: WebSocket, client: CheckedClient, frame: Frame): Reply => {
    const refusal = client.refusalOf(frame);
    if (refusal) return { ok: false, error: refusal };
    if (frame.type === "message") broadcast(frame.channel, frame.payload, client.userId);
    else rooms.set(frame.channel, (rooms.get(frame.channel) ?? new Set()).add(socket));
    return { ok: true };
  };

  const receive = (socket: WebSocket, client: CheckedClient, data: RawData) => {
    const frame = FRAME.safeParse(jsonOf(data));
    if (!frame.success) return socket.send(JSON.stringify({ type: "error", error: "FRAME_INVALID" }));
    const { type, id } = frame.data;
    const reply = (type === "message" && replies.of(client.userId, id)) || run(socket, client, frame.data);
    if (type === "message") replies.remember(client.userId, id, reply);
    socket.send(JSON.stringify({ type: "reply", id, ...reply }));
  };

  return {
    attach(server) {
      const webSockets = new WebSocketServer({
        server,
        perMessageDeflate: false,
        maxPayload: MAX_FRAME_BYTES,
        verifyClient: ({ req }: { readonly req: IncomingMessage }) => isOwnOrigin(req.headers),
      });
      webSockets.on("connection", (socket) => {
        const client = new CheckedClient(`user-${(users += 1)}`);
        alive.add(socket);
        socket.on("pong", () => alive.add(socket));
        socket.on("message", (data) => receive(socket, client, data));
        socket.on("error", () => socket.terminate());
        socket.on("close", () => rooms.forEach((room) => room.delete(socket)));
      });
      setInterval(() => {
        for (const socket of webSockets.clients) {
          if (!alive.delete(socket)) socket.terminate();
          else socket.ping();
        }
      }, HEARTBEAT_MS).unref();
    },
    publish: (channel, text) => broadcast(channel, { text }, null),
  };
}

function jsonOf(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined; // refused by the schema
  }
}
