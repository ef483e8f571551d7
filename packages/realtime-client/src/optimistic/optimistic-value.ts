import { ListenerSet } from "../listeners.js";
import { reportCause } from "../report-error.js";
import { failure } from "./failure.js";
import { newMutationId } from "./mutation-id.js";
import { Overlay } from "./overlay.js";

/** A local change. */
export interface ValueMutation<Value, Reply> {
  /** How it is shown until the server has replied. */
  readonly apply: (value: Value) => Value;
  /** Sends the change to the server, with the id by which the echo will be recognised. A rejection reverts the change. */
  readonly commit: (mutationId: string) => Promise<Reply>;
  /** The base after the reply. Leave out where a message will echo the mutation: that settles it. */
  readonly confirm?: (base: Value, reply: Reply) => Value;
}

/** What a server message carries besides the change. */
export interface EchoDetails {
  /** The mutation that this is the echo of. */
  readonly mutationId?: string | undefined;
  /** Counts up with each change; what is not above the last one is old and changes nothing. */
  readonly version?: number | undefined;
}

const MAX_CONFIRMED = 1_000; // echoes arrive within seconds of the reply

/** One value, of any kind, that is shown as if the server had already agreed. */
export class OptimisticValue<Value> {
  readonly #overlay: Overlay<Value>;
  readonly #listeners = new ListenerSet<{ readonly change: () => void }>(reportCause);
  /** Settled by the reply; the echo has not arrived yet. */
  readonly #confirmed = new Set<string>();
  /** Accepted by the server; settled by the echo, which has not arrived yet. */
  readonly #accepted = new Set<string>();
  #version = Number.NEGATIVE_INFINITY;

  constructor(initial: Value) {
    this.#overlay = new Overlay(initial, () => this.#listeners.emit("change"));
  }

  /** What is to be shown; the same until something changes. */
  get value(): Value {
    return this.#overlay.shown;
  }

  /** The value as the server has sent it. */
  get base(): Value {
    return this.#overlay.base;
  }

  /** Local changes that are not settled. */
  get pending(): number {
    return this.#overlay.pending.size;
  }

  /** Calls back after each change; returns the undo. */
  watch(change: () => void): () => void {
    return this.#listeners.add({ change });
  }

  /** The server has sent the value. */
  receive(value: Value, details: EchoDetails = {}): void {
    this.#receive(() => value, details);
  }

  /** The server has sent a change of the value. A change that the reply has already brought is not applied twice. */
  receiveStep(step: (base: Value) => Value, details: EchoDetails = {}): void {
    const isTaken = details.mutationId !== undefined && this.#confirmed.has(details.mutationId);
    this.#receive(isTaken ? (base) => base : step, details);
  }

  /** A fresh copy, after a gap: what the server had accepted before is in it. */
  load(value: Value, version = Number.NEGATIVE_INFINITY): void {
    const accepted = [...this.#accepted];
    this.#accepted.clear();
    this.#version = version;
    this.#overlay.rebase(value, accepted);
  }

  /** Shows a change at once and sends it to the server. Resolves with the reply; rejects with its reason, or what `apply` throws, and reverts the change. */
  async mutate<Reply>({ apply, commit, confirm }: ValueMutation<Value, Reply>): Promise<Reply> {
    const mutationId = newMutationId();
    const failed = failure();
    this.#overlay.add({ mutationId, apply, onFailure: failed.fail });
    try {
      failed.check();
      const reply = await Promise.race([failed.promise, commit(mutationId)]);
      if (confirm && this.#overlay.pending.has(mutationId)) this.#confirm(mutationId, confirm(this.base, reply));
      else if (this.#overlay.pending.has(mutationId)) this.#accepted.add(mutationId);
      return reply;
    } catch (reason) {
      this.#overlay.drop(mutationId);
      throw reason;
    }
  }

  #receive(step: (base: Value) => Value, { mutationId = "", version }: EchoDetails): void {
    const isOld = version !== undefined && version <= this.#version;
    this.#confirmed.delete(mutationId);
    this.#accepted.delete(mutationId);
    let base = this.base;
    try {
      if (isOld) return;
      base = step(base);
      this.#version = version ?? this.#version;
    } finally {
      this.#overlay.rebase(base, [mutationId]); // also where the step throws: a mutation that is settled must not stay
    }
  }

  #confirm(mutationId: string, base: Value): void {
    this.#confirmed.add(mutationId);
    if (this.#confirmed.size > MAX_CONFIRMED) for (const oldest of this.#confirmed) { this.#confirmed.delete(oldest); break; } // prettier-ignore
    this.#overlay.rebase(base, [mutationId]);
  }
}
