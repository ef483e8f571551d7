import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { ListedConnection } from "../../seams/observer.seam.js";
import type { IRealtimeConnection, IRealtimeServer, OpenConnection, ReplyTaker } from "../../seams/server.seam.js";
import type { ClientFrame, MessageFrame, RefreshFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { connectGate } from "../gates/connect.gate.js";
import { beginDecision, beginMessage, UNOBSERVED } from "../gates/gate-decision.js";
import { messageGate } from "../gates/message.gate.js";
import { refresh } from "../gates/refresh.js";
import { connectedFrame } from "./connected-frame.js";
import { FrameIntake } from "./frame-intake.js";
import type { GatewayDeps } from "./gateway-deps.js";
import { firstFrames } from "./parse-client-frame.js";
import { RealtimeSession } from "./realtime-session.js";
import { Replies, type Asker } from "./replies.js";
import { SessionQueue } from "./session-queue.js";
import { SubscribeRequests } from "./subscribe-requests.js";
import { recognize } from "../gates/recognize.js";

export interface ConversationDeps extends GatewayDeps {
  /** Asked once more at gate 1: a transport may have forgotten to. */
  readonly admit: (handshake: RealtimeHandshake) => RealtimeError | undefined;
  /** Nothing of it will be observed any more. */
  readonly ended: (conversation: RealtimeConversation, handshake: RealtimeHandshake) => void;
}

/** One connection from gate 1 to its end: what it receives is checked, queued per channel, and passed to a gate. */
export class RealtimeConversation implements OpenConnection {
  readonly #session: RealtimeSession;
  readonly #deps: ConversationDeps;
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
    { server, deps }: { readonly server: IRealtimeServer; readonly deps: ConversationDeps },
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
      barrier: (task) => this.#queue.pushBarrier(task),
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

  receive(raw: unknown, answer?: ReplyTaker): void {
    if (this.#session.isClosed) return;
    this.#hasReceived = true;
    this.#lastActive = this.#deps.clock.now();
    this.#stopIdleTimer();
    const intake = this.#intake.read(raw, { waiting: this.#queue.waiting, isOpen: this.#session.isOpen });
    switch (intake.kind) {
      case "over limit":
        return this.#replies.refuse(intake.error, { id: intake.id, answer }); // at once: a flood must not queue up
      case "invalid":
        return this.#queue.pushUnordered(() => this.#replies.refuse(intake.error, { id: intake.id, answer }));
      case "frame":
        return this.#take(intake.frame, answer);
      default:
        return intake satisfies never;
    }
  }

  async recognizes(handshake: RealtimeHandshake): Promise<boolean> {
    try {
      if (!this.#session.isOpen) await this.settled(); // gate 1 says first who it is
      return this.#session.isOpen && (await recognize(this.#session, handshake, this.#deps));
    } catch (error) {
      this.#replies.observeRefusal(error);
      return false;
    }
  }

  closed(reason = "transport closed"): void {
    this.#session.lost(reason);
  }

  /** Resolves when all that has been received so far is answered. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.#queue.pushBarrier(resolve));
  }

  /** As `realtime.connections()` lists it; undefined before gate 1 and after the end. */
  listed(): ListedConnection | undefined {
    return this.#session.isOpen ? this.#session.listed(this.#lastActive) : undefined;
  }

  #take(frame: ClientFrame, answer: ReplyTaker | undefined): void {
    switch (frame.type) {
      case "ping":
        return this.#session.connection.send({ type: "pong" }); // at once: a slow handler is no dead link
      case "message":
        return this.#queue.push(frame.channel, () => this.#message(frame, { id: frame.id, answer }));
      case "subscribe":
        return this.#subscribes.subscribe(frame, { id: frame.id, answer });
      case "unsubscribe":
        return this.#queue.pushUnordered(() => this.#subscribes.unsubscribe(frame, { id: frame.id, answer }));
      case "refresh":
        return this.#queue.pushBarrier(() => this.#refresh(frame, { id: frame.id, answer }));
      default:
        return frame satisfies never;
    }
  }

  async #connect(): Promise<void> {
    const { observer, clock, limits } = this.#deps;
    const session = this.#session;
    await undefined; // `gateway.open` has returned by then: nothing is sent to a transport that does not have its end yet
    const { connectionId } = session;
    const isObserved = observer.wants("decided");
    const decide = isObserved ? beginDecision({ gate: "connect", connectionId }, this.#deps) : UNOBSERVED;
    try {
      decide.trace.by = "origin";
      const refused = this.#deps.admit(session.handshake);
      if (refused) throw refused;
      const connected = connectGate(session, decide.trace, this.#deps);
      if (connected) await connected;
      decide.end();
    } catch (error) {
      const refusal = this.#replies.observeRefusal(error);
      decide.end(refusal);
      const closes = refusal.closeCode !== null;
      return session.end(closes ? refusal : new RealtimeError("CONNECT_REFUSED", { detail: refusal.message }));
    }
    if (session.isClosed) return; // expelled before anything was sent
    session.connection.send(connectedFrame(session, limits));
    if (observer.wants("connected")) observer.observe({ kind: "connected", connection: session.facts });
    if (!this.#hasReceived)
      this.#cancelIdleTimer = clock.after(limits.firstFrameMs, () => session.end(new RealtimeError("IDLE")));
  }

  #message(frame: MessageFrame, asker: Asker): Promise<void> | void {
    if (this.#session.isClosed) return;
    const decision = beginMessage(frame, this.#session.connectionId, this.#deps);
    try {
      const reply = messageGate({ frame, session: this.#session, trace: decision.trace }, this.#deps);
      if (reply instanceof Promise) return this.#replies.decideLater(reply, asker, decision);
      decision.end();
      this.#replies.succeed(reply, asker);
    } catch (error) {
      decision.end(error);
      this.#replies.refuse(error, asker);
    }
  }

  #refresh(frame: RefreshFrame, asker: Asker): Promise<void> | void {
    if (this.#session.isClosed) return;
    const refreshed = refresh(frame, this.#session, this.#deps).then((result) => JSON.stringify(result));
    return this.#replies.decideLater(refreshed, asker, UNOBSERVED);
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
      if (observer.wants("disconnected"))
        observer.observe({ kind: "disconnected", connection: this.#session.facts, reason });
      ended(this, this.#session.handshake);
      guards.forget(connectionId);
    });
  }
}
