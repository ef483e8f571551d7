import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { ClientFrame, ReplyFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeConnection, OpenConnection } from "../../seams/server.seam.js";
import { connectGate, type ConnectGateDeps } from "../gates/connect.gate.js";
import { connectedFrame } from "./connected-frame.js";
import { FrameIntake } from "./frame-intake.js";
import type { GatewayDeps } from "./gateway-deps.js";
import { messageGate } from "../gates/message.gate.js";
import { RealtimeSession } from "./realtime-session.js";
import { recognize } from "../gates/recognize.js";
import { refresh } from "../gates/refresh.js";
import { SerialLine } from "./serial-line.js";
import { subscribeGate } from "../gates/subscribe.gate.js";

export interface ConversationDeps extends GatewayDeps, Pick<ConnectGateDeps, "admit"> {
  /** The farewell has been said. */
  readonly ended: (conversation: RealtimeConversation) => void;
}

type Answer = (reply: ReplyFrame) => void;
type WalkingFrame = Exclude<ClientFrame, { readonly type: "ping" }>;

interface Asker {
  readonly id: string | undefined;
  readonly answer: Answer | undefined;
}

/** One connection from its gate 1 to its farewell, on one serial line: what comes first is done first, one at a time. */
export class RealtimeConversation implements OpenConnection {
  readonly #session: RealtimeSession;
  readonly #deps: ConversationDeps;
  readonly #line: SerialLine;
  readonly #intake: FrameIntake;
  #heardOnce = false;
  #cancelIdleTimer: (() => void) | undefined;

  constructor(connection: IRealtimeConnection, handshake: RealtimeHandshake, deps: ConversationDeps) {
    const { observer, clock, limits } = deps;
    this.#session = new RealtimeSession(connection, handshake, {
      observer,
      onClosed: (reason) => this.#farewell(reason),
    });
    this.#deps = deps;
    this.#line = new SerialLine((cause) => observer.observe({ kind: "failed", where: "gateway", cause }));
    this.#intake = new FrameIntake(clock, limits);
  }

  begin(): void {
    this.#line.push(() => this.#connect());
  }

  receive(raw: unknown, answer?: Answer): void {
    if (this.#session.isClosed) return;
    this.#heardOnce = true;
    this.#stopIdleTimer();
    const intake = this.#intake.read(raw, { waiting: this.#line.waiting, isOpen: this.#session.isOpen });
    switch (intake.kind) {
      case "over limit":
        return this.#refuse(intake.error, { id: intake.id, answer }); // at once: a flood must not queue up
      case "invalid":
        return this.#line.push(() => this.#refuse(intake.error, { id: intake.id, answer }));
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
      this.#observeRefusal(error);
      return false;
    }
  }

  closed(reason = "transport closed"): void {
    this.#session.lost(reason);
  }

  /** Resolves when all that has come in so far is answered. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.#line.push(resolve));
  }

  #take(frame: ClientFrame, answer: Answer | undefined): void {
    if (frame.type === "ping")
      this.#session.connection.send({ type: "pong" }); // at once: a slow handler is no dead link
    else this.#line.push(() => this.#answer(frame, { id: frame.id, answer }));
  }

  async #connect(): Promise<void> {
    const { observer, clock, limits } = this.#deps;
    const session = this.#session;
    try {
      await connectGate(session, this.#deps);
    } catch (error) {
      const refusal = this.#observeRefusal(error);
      const closes = refusal.closeCode !== null;
      return session.end(closes ? refusal : new RealtimeError("CONNECT_REFUSED", { detail: refusal.message }));
    }
    if (session.isClosed) return; // expelled before a word was said
    session.connection.send(connectedFrame(session, limits));
    observer.observe({ kind: "connected", connection: session });
    if (!this.#heardOnce)
      this.#cancelIdleTimer = clock.after(limits.firstFrameMs, () => session.end(new RealtimeError("IDLE")));
  }

  async #answer(frame: WalkingFrame, asker: Asker): Promise<void> {
    if (this.#session.isClosed) return;
    try {
      const result = await this.#walk(frame);
      if (frame.type === "subscribe" && !this.#session.subscriptions.has(frame.channel))
        throw new RealtimeError("REVOKED", { detail: frame.channel }); // taken away while we read what to hand over
      const { id } = asker;
      this.#reply(
        { type: "reply", ...(id !== undefined && { id }), ok: true, ...(result !== undefined && { result }) },
        asker,
      );
    } catch (error) {
      this.#refuse(error, asker);
    }
  }

  async #walk(frame: WalkingFrame): Promise<unknown> {
    switch (frame.type) {
      case "subscribe":
        return subscribeGate(frame, this.#session, this.#deps);
      case "unsubscribe":
        return void this.#session.leave(frame.channel, "asked");
      case "message":
        return messageGate(frame, this.#session, this.#deps);
      case "refresh":
        return refresh(frame, this.#session, this.#deps);
      default:
        return frame satisfies never;
    }
  }

  #reply(reply: ReplyFrame, { id, answer }: Asker): void {
    if (this.#session.isClosed) return;
    if (answer) answer(reply);
    else if (id !== undefined) this.#session.connection.send(reply);
    else if (!reply.ok) this.#session.connection.send({ type: "error", error: reply.error });
  }

  #refuse(error: unknown, asker: Asker): void {
    const refusal = this.#observeRefusal(error);
    const { id } = asker;
    this.#reply({ type: "reply", ...(id !== undefined && { id }), ok: false, error: refusal.toWire() }, asker);
    const { connectionId, handshake } = this.#session;
    const abuse = this.#deps.abuse.note(connectionId, handshake, refusal);
    if (abuse) this.#session.end(abuse);
    else if (refusal.code === "FRAME_TOO_LARGE" || refusal.code === "TOO_MANY_EARLY_FRAMES") this.#session.end(refusal);
  }

  /** A gate's own refusal, or INTERNAL_ERROR with the cause for the observer. */
  #observeRefusal(error: unknown): RealtimeError {
    const { observer } = this.#deps;
    const refusal = error instanceof RealtimeError ? error : new RealtimeError("INTERNAL_ERROR", { cause: error });
    observer.observe({ kind: "refused", connection: this.#session, error: refusal });
    if (refusal.code === "INTERNAL_ERROR") observer.observe({ kind: "failed", where: "gate", cause: refusal.cause });
    return refusal;
  }

  #stopIdleTimer(): void {
    this.#cancelIdleTimer?.();
    this.#cancelIdleTimer = undefined; // a quiet connection holds no timer that is over
  }

  /** Queued last: nothing of this connection is observed after it. */
  #farewell(reason: string): void {
    const { sessions, leases, guards, abuse, replies, observer, ended } = this.#deps;
    const { connectionId } = this.#session;
    this.#stopIdleTimer();
    sessions.remove(this.#session);
    leases.forget(this.#session);
    this.#line.push(() => {
      abuse.forget(connectionId);
      replies.forget(connectionId);
      observer.observe({ kind: "disconnected", connection: this.#session, reason });
      ended(this);
      guards.forget(connectionId); // last: an app's guard may throw, and the line reports it
    });
  }
}
