import { closeFrame } from "../outbound/close-frame.js";
import { randomUUID } from "node:crypto";
import type { ServerFrame } from "../../wire/frames.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OpenConnection,
  OutboundMessage,
} from "../../seams/server.seam.js";
import { FrameReader } from "../../wire/frame-reader.js";

/** A client's end of the in-memory transport. Frames cross it as JSON text, as they would a wire. */
export interface InMemoryClient {
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** Sends a frame, or any text; nothing a network could carry is refused here. */
  send(frame: unknown): void;
  /** Closes the connection. */
  close(reason?: string): void;
}

/** The events at the client's end. */
export interface InMemoryClientEvents {
  /** Called with each frame of the server. */
  onFrame(frame: ServerFrame): void;
  /** Called when the connection is closed. */
  onClose?(reason: string): void;
}

/** A transport without a network: real gates, no port. */
export class InMemoryRealtimeServer implements IRealtimeServer {
  readonly transport = "memory";
  readonly #connections = new Set<InMemoryConnection>();
  #gateway: IRealtimeGateway | undefined;
  #refusesNew = false;

  serve(gateway: IRealtimeGateway): void {
    this.#gateway = gateway;
  }

  /** Connects a client. Throws where a network transport would respond 403. */
  connect(events: InMemoryClientEvents, handshake: Partial<RealtimeHandshake> = {}): InMemoryClient {
    if (!this.#gateway) throw new TypeError("Hand this server to realtime.serve(…) before a client connects.");
    const shown = { transport: this.transport, url: "/", headers: {}, remoteAddress: "127.0.0.1", ...handshake };
    const refusal = this.#refusesNew ? new RealtimeError("DRAINING") : this.#gateway.admit(shown);
    if (refusal) throw refusal;
    const connection = new InMemoryConnection(events, () => this.#connections.delete(connection));
    this.#connections.add(connection);
    return connection.open(this.#gateway, shown);
  }

  deliver({ text }: OutboundMessage, to: ReadonlySet<IRealtimeConnection>): void {
    for (const connection of to) if (connection instanceof InMemoryConnection) connection.sendText(text);
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
  readonly #reader = new FrameReader();
  readonly #events: InMemoryClientEvents;
  readonly #gone: () => void;
  #isOpen = true;
  #open: OpenConnection | undefined;

  constructor(events: InMemoryClientEvents, gone: () => void) {
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

  send(frame: ServerFrame, text = JSON.stringify(frame)): void {
    this.sendText(text);
  }

  sendText(text: string): void {
    if (!this.#isOpen) return;
    const frame = this.#reader.read(JSON.parse(text));
    if (frame) this.#events.onFrame(frame);
  }

  /** Nothing waits here: what was sent has arrived. */
  drop(): void {}

  drained(): undefined {
    return undefined;
  }

  close(error: RealtimeError): void {
    this.send(closeFrame(error));
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
