import { validate, type ValidationResult } from "../../channel/schema.js";
import type { Clock } from "../../seams/clock.js";
import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { Outcome } from "../session/reply-cache.js";
import type { DeadlineQueue, Expiring } from "./deadline-queue.js";
import { notePlace } from "./failure-place.js";
import { HandlerMessage, type DirectSend, type Publish, type ReadMessage } from "./handler-message.js";

export interface HandlerRunDeps {
  readonly observer: Observers;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
  readonly publish: Publish;
  readonly direct: DirectSend;
}

/**
 * One run of a handler, within its deadline. One object holds all of it, and is its own item in the deadlines' queue: this is on the path
 * of every message, and closures and promises of its own would cost more than most handlers do.
 */
export class HandlerRun implements Expiring {
  due = 0;
  slot = -1;
  readonly #session: RealtimeSession;
  readonly #message: HandlerMessage;
  readonly #deps: HandlerRunDeps;
  readonly #began: number;
  #resolve: ((outcome: Outcome) => void) | undefined;

  constructor(read: ReadMessage, session: RealtimeSession, deps: HandlerRunDeps) {
    this.#session = session;
    this.#message = new HandlerMessage(read, session, deps);
    this.#deps = deps;
    this.#began = deps.observer.isObserved("handled") ? deps.clock.monotonic() : 0;
  }

  /** What the handler is called with. */
  get message(): ReturnType<typeof HandlerMessage.typed> {
    return HandlerMessage.typed(this.#message);
  }

  /** The handler has returned. At once where it and the reply schema are synchronous: then there is neither a deadline nor a promise. */
  returned(result: unknown): Promise<Outcome> | Outcome {
    const reply = isThenable(result) ? result : this.#replyOf(result);
    return isThenable(reply) ? this.#wait(reply, reply === result) : this.#ended({ ok: true, result: reply });
  }

  /** The handler has thrown, or its reply cannot be sent. */
  threw(cause: unknown): Outcome {
    return this.#ended(this.#failure(cause));
  }

  /** The deadline has passed: the client receives that, and what the handler brings later is dropped. */
  expire(): void {
    const late = new RealtimeError("HANDLER_TIMEOUT");
    HandlerMessage.abort(this.#message, late);
    this.#settle({ ok: false, error: late });
  }

  #wait(pending: PromiseLike<unknown>, isResult: boolean): Promise<Outcome> {
    const { deadlines, limits } = this.#deps;
    const outcome = new Promise<Outcome>((resolve) => (this.#resolve = resolve));
    deadlines.watch(this, limits.handlerMs);
    pending.then(
      (value) => this.#brought(value, isResult),
      (cause: unknown) => this.#settle(this.#failure(cause)),
    );
    return outcome;
  }

  /** A promise has brought the handler's result, or the text that its reply schema has made of it. */
  #brought(value: unknown, isResult: boolean): void {
    try {
      const reply = isResult ? this.#replyOf(value) : textOrNothing(value);
      if (!isThenable(reply)) return this.#settle({ ok: true, result: reply });
      reply.then(
        (text) => this.#settle({ ok: true, result: text }),
        (cause: unknown) => this.#settle(this.#failure(cause)),
      );
    } catch (cause) {
      this.#settle(this.#failure(cause));
    }
  }

  #settle(outcome: Outcome): void {
    const resolve = this.#resolve;
    if (!resolve) return; // it comes after the deadline
    this.#resolve = undefined;
    this.#deps.deadlines.forget(this);
    resolve(this.#ended(outcome));
  }

  #ended(outcome: Outcome): Outcome {
    const { observer, clock } = this.#deps;
    const { address, event } = this.#message;
    if (observer.isObserved("handled"))
      observer.observe({
        kind: "handled",
        connection: this.#session.facts,
        address,
        event,
        durationMs: clock.monotonic() - this.#began,
      });
    return outcome;
  }

  /**
   * A handler's own RealtimeError is its reply; everything else is observed, even where the deadline has passed and no client waits any
   * more. So is its own broadcast that does not fit: the mistake is the server's.
   */
  #failure(cause: unknown): Outcome {
    const channel = this.#message.address.name;
    if (cause instanceof RealtimeError && cause.code !== "BROADCAST_INVALID") {
      notePlace(cause, { where: "handler's refusal", channel }); // its data may be no JSON
      return { ok: false, error: cause };
    }
    this.#deps.observer.observe({ kind: "failed", where: "handler", channel, cause });
    return { ok: false, error: new RealtimeError("HANDLER_FAILED", { cause }) };
  }

  /** The handler's result as JSON text, by its reply schema where the channel has one. */
  #replyOf(result: unknown): Promise<string | undefined> | string | undefined {
    const { channel } = this.#message.address;
    if (!channel.reply) return this.#textOf(result);
    const validated = validate(channel.reply, result);
    return isThenable(validated) ? validated.then((later) => this.#checked(later)) : this.#checked(validated);
  }

  #checked(validated: ValidationResult): string | undefined {
    if (validated.fits) return this.#textOf(validated.value);
    const { name } = this.#message.address.channel;
    throw new TypeError(`The handler of "${name}" returned what its reply schema refuses: ${validated.why}`);
  }

  #textOf(result: unknown): string | undefined {
    const maxBytes = this.#deps.limits.maxReplyBytes;
    const text: string | undefined = JSON.stringify(result);
    if (text !== undefined && text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes)
      throw new RealtimeError("REPLY_TOO_LARGE", { detail: `${Buffer.byteLength(text)} bytes, at most ${maxBytes}` });
    return text;
  }
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
