import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { ListedConnection } from "../../seams/observer.seam.js";
import type { IRealtimeConnection, IRealtimeServer, OpenConnection, ReplyTaker } from "../../seams/server.seam.js";
import type { ClientFrame, MessageFrame, RefreshFrame } from "../../wire/frames.js";
import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { beginMessage } from "../gates/gate-decision.js";
import { messageGate } from "../gates/message.gate.js";
import { refresh } from "../gates/refresh.js";
import { connectSession } from "./connect-session.js";
import { FrameIntake } from "./frame-intake.js";
import type { ReceiverDeps } from "./gateway-deps.js";
import { firstFrames } from "./parse-client-frame.js";
import { RealtimeSession } from "./realtime-session.js";
import { Replies, type ReplyTarget } from "./replies.js";
import { SessionQueue } from "./session-queue.js";
import { SubscribeRequests } from "./subscribe-requests.js";
import { recognize } from "../gates/recognize.js";

/** One connection from gate 1 to its end: what it receives is checked, queued per channel, and passed to a gate. */
export class SessionReceiver implements OpenConnection {
  readonly #session: RealtimeSession;
  readonly #deps: ReceiverDeps;
  readonly #queue: SessionQueue;
  readonly #intake: FrameIntake;
  readonly #replies: Replies;
  readonly #subscribes: SubscribeRequests;
  #hasReceived = false;
  #lastActive: number;
  #cancelIdleTimer: (() => void) | undefined;

  constructor(
    connection: IRealtimeConnection,
    handshake: RealtimeHandshake,
    { server, deps }: { readonly server: IRealtimeServer; readonly deps: ReceiverDeps },
  ) {
    const { observer, clock, limits, channels } = deps;
    this.#deps = deps;
    this.#lastActive = clock.now();
    this.#queue = new SessionQueue((cause) => observer.observe({ kind: "failed", where: "gateway", cause }));
    this.#session = new RealtimeSession(connection, handshake, {
      server,
      channels,
      observer,
      since: this.#lastActive,
      onClosed: (reason) => this.#closed(reason),
      pendingBeside: (name) => this.#subscribes.pendingBeside(name),
    });
    this.#intake = new FrameIntake(clock, limits);
    this.#replies = new Replies(this.#session, deps);
    this.#subscribes = new SubscribeRequests({
      session: this.#session,
      queue: this.#queue,
      replies: this.#replies,
      deps,
    });
  }

  begin(first?: string): void {
    this.#queue.pushBarrier(() => this.#connect());
    if (first !== undefined) for (const frame of firstFrames(first)) this.receive(frame); // behind gate 1, as any early frame
  }

  receive(raw: unknown, takeReply?: ReplyTaker): void {
    if (this.#session.isClosed) return;
    this.#hasReceived = true;
    this.#lastActive = this.#deps.clock.now();
    this.#stopIdleTimer();
    const intake = this.#intake.read(raw, { waiting: this.#queue.waiting, isOpen: this.#session.isOpen });
    switch (intake.kind) {
      case "over limit":
        return this.#replies.refuse(intake.error, { id: intake.id, takeReply }); // at once: a flood must not queue up
      case "invalid":
        return this.#queue.pushUnordered(() => this.#replies.refuse(intake.error, { id: intake.id, takeReply }));
      case "frame":
        return this.#take(intake.frame, takeReply);
      default:
        return intake satisfies never;
    }
  }

  async recognizes(handshake: RealtimeHandshake): Promise<boolean> {
    try {
      if (!this.#session.isOpen) await this.settled(); // gate 1 identifies it first
      return this.#session.isOpen && (await recognize(this.#session, handshake, this.#deps));
    } catch (error) {
      this.#replies.observeRefusal(error);
      return false;
    }
  }

  closed(reason = "transport closed"): void {
    this.#session.lost(reason);
  }

  /** Resolves when the reply to all that has been received so far is sent. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.#queue.pushBarrier(resolve));
  }

  /** As `realtime.connections()` lists it; undefined before gate 1 and after the end. */
  listed(): ListedConnection | undefined {
    return this.#session.isOpen ? this.#session.listed(this.#lastActive) : undefined;
  }

  #take(frame: ClientFrame, takeReply: ReplyTaker | undefined): void {
    switch (frame.type) {
      case "ping":
        return this.#session.connection.send({ type: "pong" }); // at once: a slow handler is no dead link
      case "message":
        return this.#queue.push(frame.channel, () =>
          this.#message(frame, { id: frame.id, takeReply, channel: frame.channel }),
        );
      case "subscribe":
        return this.#subscribes.subscribe(frame, { id: frame.id, takeReply, channel: frame.channel });
      case "unsubscribe":
        return this.#subscribes.unsubscribe(frame, { id: frame.id, takeReply });
      case "refresh":
        return this.#queue.pushBarrier(() => this.#refresh(frame, { id: frame.id, takeReply }));
      default:
        return frame satisfies never;
    }
  }

  async #connect(): Promise<void> {
    const { clock, limits } = this.#deps;
    await undefined; // `gateway.open` has returned by then: nothing is sent to a transport that does not have its end yet
    const isConnected = await connectSession(this.#session, this.#replies, this.#deps);
    if (isConnected && !this.#hasReceived)
      this.#cancelIdleTimer = clock.after(limits.firstFrameMs, () => this.#session.end(new RealtimeError("IDLE")));
  }

  #message(frame: MessageFrame, target: ReplyTarget): Promise<void> | void {
    if (this.#session.isClosed) return;
    const decision = beginMessage(frame, this.#session.connectionId, this.#deps);
    try {
      const reply = messageGate({ frame, session: this.#session, trace: decision.trace }, this.#deps);
      if (isThenable(reply)) return this.#replies.decideLater(reply, target, decision);
      decision.end();
      this.#replies.succeed(reply, target);
    } catch (error) {
      decision.end(error);
      this.#replies.refuse(error, target);
    }
  }

  async #refresh(frame: RefreshFrame, target: ReplyTarget): Promise<void> {
    if (this.#session.isClosed) return;
    try {
      this.#replies.succeed(JSON.stringify(await refresh(frame, this.#session, this.#deps)), target);
    } catch (error) {
      this.#replies.refuse(error, target);
    }
  }

  #stopIdleTimer(): void {
    this.#cancelIdleTimer?.();
    this.#cancelIdleTimer = undefined; // a quiet connection holds no timer that is over
  }

  /** Queued last: nothing of this connection is observed after it. */
  #closed(reason: string): void {
    const { sessions, leases, guards, abuse, replies, observer, ended } = this.#deps;
    const { connectionId } = this.#session;
    this.#stopIdleTimer();
    sessions.remove(this.#session);
    leases.forget(this.#session);
    this.#queue.pushBarrier(() => {
      abuse.forget(connectionId);
      replies.forget(connectionId);
      if (observer.isObserved("disconnected"))
        observer.observe({ kind: "disconnected", connection: this.#session.facts, reason });
      ended(this, this.#session.handshake);
      guards.forget(connectionId);
    });
  }
}
