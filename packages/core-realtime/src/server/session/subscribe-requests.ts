import type { SubscribeFrame, UnsubscribeFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { beginDecision, UNOBSERVED } from "../gates/gate-decision.js";
import { subscribeGate, type SubscribeGateDeps } from "../gates/subscribe.gate.js";
import type { RealtimeSession } from "./realtime-session.js";
import type { ReplyTarget, Replies } from "./replies.js";
import type { SessionQueue } from "./session-queue.js";

/** The dependencies of the subscribes of one session. */
export interface SubscribeRequestsDeps {
  readonly session: RealtimeSession;
  readonly queue: SessionQueue;
  readonly replies: Replies;
  readonly deps: SubscribeGateDeps;
}

/** The subscribes and unsubscribes of one session. */
export class SubscribeRequests {
  readonly #its: SubscribeRequestsDeps;
  /** Channels with a subscribe at gate 2, one at a time each; only while there are any, for an empty set weighs 200 bytes. */
  #atGate: Set<string> | undefined;

  constructor(its: SubscribeRequestsDeps) {
    this.#its = its;
  }

  /** Queued behind what came before of the same channel; what comes in one turn is at gate 2 together. */
  subscribe(frame: SubscribeFrame, target: ReplyTarget): void {
    const { session, queue, deps } = this.#its;
    const attempt = deps.channels.begin(frame.channel, session); // from now on it can be cancelled
    queue.push(frame.channel, async () => {
      try {
        if (!session.isClosed) await this.#pass(frame, target, attempt);
      } finally {
        deps.channels.finish(frame.channel, attempt);
      }
    });
  }

  /** At once, also where a subscribe or a handler of the channel is in progress: it ends what has arrived before it. */
  unsubscribe({ channel }: UnsubscribeFrame, target: ReplyTarget): void {
    const { session, queue, replies, deps } = this.#its;
    const before = [...deps.channels.attemptsOf(channel)].filter(([, whose]) => whose === session);
    queue.pushUnordered(() => {
      if (session.isClosed) return;
      for (const [attempt] of before) attempt.isCancelled = true;
      session.leave(channel, "unsubscribed");
      replies.succeed(undefined, target);
    });
  }

  /** Subscribes at gate 2 for channels that are not joined yet, but for this one. */
  pendingBeside(name: string): number {
    if (!this.#atGate) return 0;
    const { subscriptions } = this.#its.session;
    let count = 0;
    for (const channel of this.#atGate) if (channel !== name && !subscriptions.has(channel)) count += 1;
    return count;
  }

  async #pass(frame: SubscribeFrame, target: ReplyTarget, attempt: ReturnType<SubscribeGateDeps["channels"]["begin"]>) {
    const { session, replies, deps } = this.#its;
    const { channel } = frame;
    const { connectionId } = session;
    const decision = deps.observer.isObserved("decided")
      ? beginDecision({ gate: "subscribe", connectionId, channel }, deps)
      : UNOBSERVED;
    const atGate = (this.#atGate ??= new Set());
    atGate.add(channel);
    try {
      if (attempt.isCancelled) throw new RealtimeError("UNSUBSCRIBED");
      const { trace } = decision;
      await subscribeGate(
        { frame, session, attempt, trace, reply: (reply) => replies.subscribed(reply, target) },
        deps,
      );
      decision.end();
    } catch (error) {
      decision.end(error);
      replies.refuse(error, target);
    } finally {
      atGate.delete(channel);
      if (atGate.size === 0) this.#atGate = undefined;
    }
  }
}
