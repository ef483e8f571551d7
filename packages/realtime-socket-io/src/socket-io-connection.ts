import {
  RealtimeError,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type OverflowPolicy,
  type RealtimeHandshake,
  type ServerFrame,
  type TransportLimits,
} from "@repo/core-realtime";
import type { DefaultEventsMap, Socket } from "socket.io";
import { FRAME_EVENT, type IncomingFrame } from "./frame-decoder.js";
import { Outbox } from "./outbox.js";
import { disconnectPacket, eventPacket, replyPacket, type Packet } from "./packet.js";
import { roomOf } from "./room.js";
import type { Turn } from "./turn.js";

/** The one event that clients can raise; see frame-decoder.ts. */
export interface IncomingEvents {
  [FRAME_EVENT]: (incoming: IncomingFrame) => void;
}

export type FrameSocket = Socket<IncomingEvents, DefaultEventsMap>;

const FIRST_STAY_AWAY = 4500;
const UNKNOWN_CLOSE_CODE = 4190;

/** One Socket.IO client, as the gateway sees it. */
export class SocketIOConnection implements IRealtimeConnection {
  readonly #socket: FrameSocket;
  readonly #outbox: Outbox;
  #ended: (reason: string) => void = () => undefined;
  #isOpen = true;

  constructor(socket: FrameSocket, turn: Turn, { maxBufferedBytes }: TransportLimits) {
    this.#socket = socket;
    const onTooSlow = () => this.cut("SLOW_CONSUMER");
    this.#outbox = new Outbox(socket.conn, turn, { maxBufferedBytes, onTooSlow });
  }

  get id(): string {
    return this.#socket.id;
  }

  /** Lets the client speak. */
  open(gateway: IRealtimeGateway, handshake: RealtimeHandshake): void {
    const open = gateway.open(this, handshake);
    this.#ended = (reason) => open.closed(reason);
    this.#socket.on(FRAME_EVENT, ({ frame, ackId }) => {
      if (ackId === undefined) open.receive(frame);
      else open.receive(frame, (reply) => this.#outbox.send(replyPacket(ackId, reply)));
    });
    this.#socket.on("disconnect", (reason, description) => this.cut(reasonOf(reason, description)));
    this.#socket.on("error", () => undefined); // engine.io says why in "disconnect"; unheard, this one ends the process
  }

  send(frame: ServerFrame): void {
    this.#outbox.send(eventPacket(frame));
  }

  join(channel: string): void {
    void this.#socket.join(roomOf(channel));
  }

  leave(channel: string): void {
    void this.#socket.leave(roomOf(channel));
    this.#outbox.forget(channel);
  }

  /** A message of a channel that this client has joined. */
  deliver(packet: Packet, overflow: OverflowPolicy["kind"], key: string): void {
    switch (overflow) {
      case "close":
        return this.#outbox.deliver(packet);
      case "drop":
        return this.#outbox.deliverOrDrop(packet);
      case "conflate":
        return this.#outbox.deliverLatest(packet, key);
      default:
        return overflow satisfies never;
    }
  }

  close(error: RealtimeError): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ignoreInput();
    const closeCode = error.closeCode ?? UNKNOWN_CLOSE_CODE;
    const farewell = eventPacket({ type: "close", closeCode, error: error.toWire() });
    this.#outbox.end(closeCode < FIRST_STAY_AWAY ? [farewell] : [farewell, disconnectPacket()]);
    this.#ended(error.code);
  }

  /** The transport has ended, or has to at once: no farewell, no flush. */
  cut(reason: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ignoreInput();
    this.#outbox.cut();
    this.#ended(reason);
  }

  /** What still comes is not decoded: a client that is being closed may go on sending for as long as it takes. */
  #ignoreInput(): void {
    this.#socket.conn.removeAllListeners("data");
  }
}

function reasonOf(reason: string, description: unknown): string {
  if (reason === "ping timeout") return "HEARTBEAT_LOST";
  if (description instanceof Error && description.message.includes("Max payload size exceeded"))
    return "FRAME_TOO_LARGE";
  return reason;
}
