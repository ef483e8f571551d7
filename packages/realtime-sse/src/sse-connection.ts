import {
  RealtimeError,
  type Clock,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type OpenConnection,
  type RealtimeHandshake,
  type ReplyFrame,
  type ServerFrame,
} from "@repo/core-realtime";
import {
  CLOSE_GRACE_MS,
  closeFrame,
  OutboundQueue,
  ownFrame,
  type OutboundFrame,
  type OutboundOptions,
  type OutboundOwner,
} from "@repo/core-realtime/server";
import { claimedType, markOf } from "./client-frame.js";
import { encodeEvent, type EncodedEvents, type EventExtras } from "./encoded-events.js";
import type { EventSink, EventSinkListener } from "./event-sink.js";
import { silentText } from "./event-text.js";
import { EventWriter } from "./event-writer.js";
import type { Opener } from "./identity.js";
import { Positions } from "./positions.js";
import { resume } from "./resume.js";
import { retryFor, retryWithin } from "./retry-field.js";
import { Silence, type Pace } from "./silence.js";

/** What all connections of a server share. */
export interface SseConnectionDeps extends OutboundOptions<EncodedEvents> {
  readonly clock: Clock;
  readonly gateway: IRealtimeGateway;
  readonly pace: Pace;
  readonly looksAhead: () => number; // another for each connection; see `Silence`
  /** The stream is gone. */
  readonly ended: (connection: SseConnection) => void;
}

/** One client: its stream, and the frames that its POSTs bring. */
export class SseConnection implements IRealtimeConnection, OutboundOwner, EventSinkListener {
  readonly opener: Opener;
  posts = 0; // whose bodies are under way
  /** Where it stands in the server's interval. */
  place = -1;
  readonly #sink: EventSink;
  readonly #deps: SseConnectionDeps;
  readonly #positions = new Positions();
  readonly #writer: EventWriter;
  readonly #queue: OutboundQueue<EncodedEvents>;
  readonly #silence: Silence;
  #onClosed: Set<() => void> | undefined;
  #receiver: OpenConnection | undefined;
  #cancelGrace: () => void = () => undefined;
  #isClosed = false;
  #isGone = false;

  constructor(sink: EventSink, opener: Opener, deps: SseConnectionDeps) {
    this.opener = opener;
    this.#sink = sink;
    this.#deps = deps;
    this.#silence = new Silence(deps.pace, deps.looksAhead());
    this.#writer = new EventWriter(sink, this.#positions);
    this.#queue = new OutboundQueue(this.#writer, deps, this);
  }

  get id(): string {
    return this.opener.capability.id;
  }
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether the authenticator returns the same identity for this handshake as for the stream's. */
  async recognizes(handshake: RealtimeHandshake): Promise<boolean> {
    return (await this.#receiver?.recognizes(handshake)) ?? false;
  }

  /** Calls once, when it has been closed; returns the undo. */
  onceClosed(run: () => void): () => void {
    this.#onClosed ??= new Set();
    this.#onClosed.add(run);
    return () => void this.#onClosed?.delete(run);
  }

  open(): void {
    this.#sink.write(silentText(retryWithin())); // and so the head leaves now, through any proxy
    this.#sink.listen(this);
    this.#receiver = this.#deps.gateway.open(this, this.opener.handshake);
  }

  /** A frame of the client's, as JSON text or as the object that it was. */
  receive(frame: unknown, claimed = claimedType(frame)): void {
    if (this.#isClosed) return;
    this.#silence.break();
    if (claimed !== "subscribe") this.#receiver?.receive(frame);
    else this.#receiver?.receive(frame, (reply, text) => this.#reply(reply, text));
  }

  send(frame: ServerFrame, text = JSON.stringify(frame)): void {
    if (frame.type !== "connected") return this.#send(text, { fields: retryFor(frame) });
    this.#send(JSON.stringify({ ...frame, connectionId: this.opener.capability.text }));
    resume(this.opener.handshake.headers["last-event-id"] ?? "", {
      send: (own) => this.#send(JSON.stringify(own)),
      subscribe: (again, refused) =>
        this.#receiver?.receive(again, (reply, json) => (reply.ok ? this.#reply(reply, json) : refused(reply))),
    });
  }

  /** A message of a channel, encoded once for all that receive it. */
  deliver(frame: OutboundFrame<EncodedEvents>): void {
    if (!this.#isClosed) this.#queue.append(frame);
  }

  drained(): Promise<void> | undefined {
    return this.#queue.whenBelow(this.#deps.maxBufferedBytes / 2);
  }

  drop(channel: string): void {
    this.#queue.drop(channel);
    if (this.#positions.leave(channel) && this.#mayWrite) this.#writer.writeId(); // else it goes with what comes next
  }

  close(error: RealtimeError): void {
    if (this.#isClosed) return;
    this.#markClosed();
    if (error.code === "SLOW_CONSUMER") this.#destroy();
    else this.#sendClose(error);
    this.#receiver?.closed(error.code);
  }

  onOverflow(): void {
    this.close(new RealtimeError("SLOW_CONSUMER"));
  }

  onDrain(): void {
    this.#silence.progressed();
    this.#queue.onDrain();
  }

  onGone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#cancelGrace();
    if (!this.#isClosed) {
      this.#markClosed();
      this.#queue.abandon();
      this.#receiver?.closed("connection lost");
    }
    this.#deps.ended(this);
  }

  /** Called once per `lookMs`. Comments keep a proxy from closing the stream and cause the client to POST; a silent client is closed. */
  look(): void {
    if (this.#silence.isBeat() && this.#mayWrite) {
      this.#queue.flush();
      if (this.#mayWrite) this.#writer.keepAlive(); // bytes that wait are a sign of life already
    }
    const trouble = this.#silence.look(this.#queue.isLagging);
    if (trouble === "stuck") this.close(new RealtimeError("SLOW_CONSUMER"));
    else if (trouble === "silent") this.close(new RealtimeError("HEARTBEAT_LOST"));
  }

  /** Past the queue, behind what it has written. */
  get #mayWrite(): boolean {
    return !this.#isClosed && !this.#queue.isLagging;
  }

  #send(text: string, extras?: EventExtras): void {
    if (!this.#isClosed) this.#queue.append(ownFrame(encodeEvent(text, extras)));
  }

  /** A subscribe's reply, as the gateway would have sent it, with the position that it gives the reader. */
  #reply(reply: ReplyFrame, text = JSON.stringify(reply)): void {
    const mark = markOf(reply);
    if (mark) this.#positions.join(mark.channel); // from here on `drop` forgets it, also where this reply still waits
    if (reply.ok || reply.id !== undefined) this.#send(text, mark && { mark });
    else this.#send(JSON.stringify({ type: "error", error: reply.error }));
  }

  #markClosed(): void {
    this.#isClosed = true;
    for (const run of this.#onClosed ?? []) run();
  }

  /** The stream is gone then, whether the host reports it or not. */
  #destroy(): void {
    this.#queue.abandon();
    this.#sink.destroy();
    queueMicrotask(() => this.onGone());
  }

  #sendClose(error: RealtimeError): void {
    const frame = closeFrame(error);
    this.#queue.end(ownFrame(encodeEvent(JSON.stringify(frame), { fields: retryFor(frame) })));
    this.#cancelGrace = this.#deps.clock.after(CLOSE_GRACE_MS, () => this.#destroy());
    this.#sink.end();
  }
}
