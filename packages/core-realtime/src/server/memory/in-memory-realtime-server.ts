import { randomUUID } from "node:crypto";
import type { RealtimeEnvelope } from "../../wire/envelope.js";
import type { ServerFrame } from "../../wire/frames.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OpenConnection,
} from "../../seams/server.seam.js";
import { encodeEnvelope, encodeFrame } from "../delivery/encode-frame.js";

/** A client's end of the in-memory transport. Frames cross it as JSON text, as they would a wire. */
export interface InMemoryClient {
  readonly connectionId: string;
  /** Sends a frame, or any text; nothing a network could carry is refused here. */
  send(frame: unknown): void;
  /** Hangs up. */
  close(reason?: string): void;
}

/** What the client's end is told. */
export interface InMemoryClientEvents {
  onFrame(frame: ServerFrame): void;
  onClose?(reason: string): void;
}

/** A transport without a network: real gates, no port. */
export class InMemoryRealtimeServer implements IRealtimeServer {
  readonly transport = "memory";
  readonly #rooms = new Map<string, Set<InMemoryConnection>>();
  readonly #connections = new Set<InMemoryConnection>();
  #gateway: IRealtimeGateway | undefined;
  #refusesNew = false;

  serve(gateway: IRealtimeGateway): void {
    this.#gateway = gateway;
  }

  /** A client walks in. Throws where a network transport would answer 403. */
  connect(events: InMemoryClientEvents, handshake: Partial<RealtimeHandshake> = {}): InMemoryClient {
    if (!this.#gateway) throw new TypeError("Hand this server to realtime.serve(…) before a client connects.");
    const shown = { transport: this.transport, url: "/", headers: {}, remoteAddress: "127.0.0.1", ...handshake };
    const refusal = this.#refusesNew ? new RealtimeError("DRAINING") : this.#gateway.admit(shown);
    if (refusal) throw refusal;
    const connection = new InMemoryConnection(this.#rooms, events, () => this.#connections.delete(connection));
    this.#connections.add(connection);
    return connection.open(this.#gateway, shown);
  }

  deliver(envelope: RealtimeEnvelope): void {
    const room = this.#rooms.get(envelope.channel);
    if (!room) return;
    const text = encodeEnvelope(envelope);
    for (const connection of room) connection.sendText(text);
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  close(): void {
    for (const connection of this.#connections) connection.close(new RealtimeError("DRAINING"));
  }
}

class InMemoryConnection implements IRealtimeConnection {
  readonly id = randomUUID();
  readonly #rooms: Map<string, Set<InMemoryConnection>>;
  readonly #events: InMemoryClientEvents;
  readonly #gone: () => void;
  #isOpen = true;
  #open: OpenConnection | undefined;

  constructor(rooms: Map<string, Set<InMemoryConnection>>, events: InMemoryClientEvents, gone: () => void) {
    this.#rooms = rooms;
    this.#events = events;
    this.#gone = gone;
  }

  open(gateway: IRealtimeGateway, handshake: RealtimeHandshake): InMemoryClient {
    const open = gateway.open(this, handshake);
    this.#open = open;
    return {
      connectionId: this.id,
      send: (frame) => {
        if (this.#isOpen) open.receive(typeof frame === "string" ? frame : JSON.stringify(frame));
      },
      close: (reason = "client left") => this.#hangUp(reason),
    };
  }

  send(frame: ServerFrame): void {
    this.sendText(encodeFrame(frame));
  }

  sendText(text: string): void {
    if (this.#isOpen) this.#events.onFrame(JSON.parse(text));
  }

  join(channel: string): void {
    const room = this.#rooms.get(channel);
    if (room) room.add(this);
    else this.#rooms.set(channel, new Set([this]));
  }

  leave(channel: string): void {
    const room = this.#rooms.get(channel);
    room?.delete(this);
    if (room?.size === 0) this.#rooms.delete(channel);
  }

  close(error: RealtimeError): void {
    this.send({ type: "close", closeCode: error.closeCode ?? 4190, error: error.toWire() });
    this.#hangUp(error.code);
  }

  #hangUp(reason: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#gone();
    this.#open?.closed(reason);
    this.#events.onClose?.(reason);
  }
}
