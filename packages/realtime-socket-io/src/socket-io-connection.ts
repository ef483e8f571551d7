import {
  RealtimeError,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type RealtimeHandshake,
  type ReplyFrame,
  type ServerFrame,
} from "@repo/core-realtime";
import {
  closeFrame,
  FIRST_FINAL_CLOSE_CODE,
  OutboundQueue,
  ownFrame,
  type OutboundFrame,
  type OutboundOptions,
  type OutboundOwner,
} from "@repo/core-realtime/server";
import type { DefaultEventsMap, Socket } from "socket.io";
import { EngineSink, type SinkOwner } from "./engine-sink.js";
import { isTooLarge } from "./guarded-engine.js";
import { FRAME_EVENT, type IncomingFrame } from "./frame-decoder.js";
import { disconnectPacket, eventPacket, joinPackets, replyPacket, type Packets } from "./packets.js";
import { roomOf } from "./room.js";

/** The one event that clients can raise; see frame-decoder.ts. */
export interface IncomingEvents {
  [FRAME_EVENT]: (incoming: IncomingFrame) => void;
}

export type FrameSocket = Socket<IncomingEvents, DefaultEventsMap>;

/** One Socket.IO client, as the gateway sees it. */
export class SocketIOConnection implements IRealtimeConnection, OutboundOwner, SinkOwner {
  readonly #socket: FrameSocket;
  readonly #outbound: OutboundOptions<Packets>;
  readonly #sink: EngineSink;
  readonly #queue: OutboundQueue<Packets>;
  #ended: (reason: string) => void = () => undefined;
  #isOpen = true;

  constructor(socket: FrameSocket, outbound: OutboundOptions<Packets>) {
    this.#socket = socket;
    this.#outbound = outbound;
    this.#sink = new EngineSink(socket.conn, this);
    this.#queue = new OutboundQueue(this.#sink, outbound, this);
  }

  get id(): string {
    return this.#socket.id;
  }

  /** Passes what the client sends to the gateway. */
  open(gateway: IRealtimeGateway, handshake: RealtimeHandshake): void {
    const open = gateway.open(this, handshake);
    this.#ended = (reason) => open.closed(reason);
    this.#socket.on(FRAME_EVENT, ({ frame, ackId }) => {
      if (ackId === undefined) open.receive(frame);
      else open.receive(frame, (reply, text) => this.#reply(ackId, reply, text));
    });
    this.#socket.on("disconnect", (reason, description) => this.cut(reasonOf(reason, description)));
    this.#socket.on("error", () => undefined); // engine.io gives the reason in "disconnect"; without a listener, this one ends the process
  }

  send(frame: ServerFrame, text = JSON.stringify(frame)): void {
    if (frame.type === "reply") this.#followRooms(frame);
    this.#queue.append(ownFrame(eventPacket(frame, text)));
  }

  drained(): Promise<void> | undefined {
    return this.#queue.whenBelow(this.#outbound.maxBufferedBytes / 2);
  }

  drop(channel: string): void {
    void this.#socket.leave(roomOf(channel));
    this.#queue.drop(channel);
  }

  /** A message of a channel that this client has joined. */
  deliver(frame: OutboundFrame<Packets>): void {
    this.#queue.append(frame);
  }

  onOverflow(): void {
    this.cut("SLOW_CONSUMER");
  }

  onDrain(): void {
    this.#queue.onDrain();
  }

  beforeForeign(): void {
    if (this.#queue.waitingBytes > this.#outbound.maxBufferedBytes) return this.onOverflow();
    this.#queue.flush();
    this.#queue.onDrain();
  }

  afterForeign(): void {
    this.#queue.recount();
  }

  close(error: RealtimeError): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ignoreInput();
    const frame = closeFrame(error);
    const closing = eventPacket(frame, JSON.stringify(frame));
    const isFinal = frame.closeCode >= FIRST_FINAL_CLOSE_CODE;
    this.#sink.cutWhenSent();
    this.#queue.end(ownFrame(isFinal ? joinPackets([closing, disconnectPacket()]) : closing));
    this.#ended(error.code);
  }

  #reply(ackId: string, reply: ReplyFrame, text = JSON.stringify(reply)): void {
    this.#followRooms(reply);
    this.#queue.append(ownFrame(replyPacket(ackId, text)));
  }

  /** Socket.IO's own rooms serve `SocketIORealtimeBroadcaster` alone: each subscriber is in its room. */
  #followRooms(reply: ReplyFrame): void {
    if (!reply.ok || typeof reply.result !== "object" || reply.result === null) return;
    const { result } = reply;
    if ("number" in result && "channel" in result) void this.#socket.join(roomOf(String(result.channel)));
  }

  /** The transport has ended, or has to at once: no close frame, no flush. */
  cut(reason: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ignoreInput();
    this.#queue.abandon();
    this.#sink.cut();
    this.#ended(reason);
  }

  /** What still comes is not decoded: a client that is being closed may continue to send until it is closed. */
  #ignoreInput(): void {
    this.#socket.conn.removeAllListeners("data");
  }
}

function reasonOf(reason: string, description: unknown): string {
  if (reason === "ping timeout") return "HEARTBEAT_LOST";
  return isTooLarge(description) ? "FRAME_TOO_LARGE" : reason;
}
