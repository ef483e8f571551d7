import type { ReplyTaker } from "../../seams/server.seam.js";
import type { RealtimeError } from "../../wire/realtime-error.js";
import type { PendingDecision } from "../gates/gate-decision.js";
import { placeOf } from "../gates/failure-place.js";
import type { SubscribeReply } from "../gates/subscribe-reply.js";
import type { AbuseLedger } from "../limits/abuse-ledger.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";
import type { RealtimeSession } from "./realtime-session.js";
import { sendableRefusal } from "./sendable-refusal.js";

/** The frame that a reply belongs to. */
export interface ReplyTarget {
  readonly id: string | undefined;
  /** Takes the reply, where the transport has a way of its own. */
  readonly takeReply: ReplyTaker | undefined;
  /** The channel of the frame, where it has one. */
  readonly channel?: string | undefined;
}

export interface RepliesDeps {
  readonly abuse: AbuseLedger;
  readonly observer: Observers;
  readonly limits: Pick<RealtimeLimits, "maxReplyBytes">;
}

/** The replies of one session: results, and refusals with what follows from them. */
export class Replies {
  readonly #session: RealtimeSession;
  readonly #deps: RepliesDeps;

  constructor(session: RealtimeSession, deps: RepliesDeps) {
    this.#session = session;
    this.#deps = deps;
  }

  /** A result, as JSON text; undefined where there is none. */
  succeed(result: string | undefined, { id, takeReply }: ReplyTarget): void {
    if (this.#session.isClosed || (id === undefined && !takeReply)) return;
    const text = `${headOf(id)},"ok":true${result === undefined ? "" : `,"result":${result}`}}`;
    const frame = { type: "reply", id, ok: true } as const;
    if (takeReply) takeReply(frame, text);
    else this.#session.connection.send(frame, text);
  }

  /** The result, or the refusal, of a gate that waits. */
  async decideLater(
    result: Promise<string | undefined>,
    target: ReplyTarget,
    decision: PendingDecision,
  ): Promise<void> {
    try {
      const text = await result;
      decision.end();
      this.succeed(text, target);
    } catch (error) {
      decision.end(error);
      this.refuse(error, target);
    }
  }

  /** The result of a subscribe; a frame without an id gets a reply too, since the channel's number is needed. */
  subscribed({ result, text: json }: SubscribeReply, { id, takeReply }: ReplyTarget): void {
    if (this.#session.isClosed) return;
    const text = `${headOf(id)},"ok":true,"result":${json}}`;
    const frame = { type: "reply", id, ok: true, result } as const;
    if (takeReply) takeReply(frame, text);
    else this.#session.connection.send(frame, text);
  }

  /** A refusal, and the end of the connection where it was one too many. */
  refuse(error: unknown, { id, takeReply, channel }: ReplyTarget): void {
    const refusal = this.observeRefusal(error, channel);
    const { connectionId, handshake, connection, isClosed } = this.#session;
    if (!isClosed) {
      const wire = refusal.toWire();
      if (takeReply) takeReply({ type: "reply", ...(id !== undefined && { id }), ok: false, error: wire });
      else if (id !== undefined) connection.send({ type: "reply", id, ok: false, error: wire });
      else connection.send({ type: "error", error: wire });
    }
    const abuse = this.#deps.abuse.note(connectionId, handshake, refusal);
    if (abuse) this.#session.end(abuse);
    else if (refusal.code === "FRAME_TOO_LARGE" || refusal.code === "TOO_MANY_EARLY_FRAMES") this.#session.end(refusal);
  }

  /** A gate's own refusal, or INTERNAL_ERROR with the cause for the observer. */
  observeRefusal(error: unknown, channel?: string): RealtimeError {
    const { observer, limits } = this.#deps;
    const refusal = sendableRefusal(error, limits.maxReplyBytes);
    if (observer.isObserved("refused")) {
      const by = placeOf(error).where === "schema" ? "schema" : undefined;
      observer.observe({ kind: "refused", connection: this.#session.facts, error: refusal, channel, by });
    }
    const { code, cause } = refusal;
    if (code === "INTERNAL_ERROR") observer.observe({ kind: "failed", channel, ...placeOf(cause), cause });
    return refusal;
  }
}

function headOf(id: string | undefined): string {
  return id === undefined ? `{"type":"reply"` : `{"type":"reply","id":${JSON.stringify(id)}`;
}
