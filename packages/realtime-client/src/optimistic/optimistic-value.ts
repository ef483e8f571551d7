import { ListenerSet } from "../listeners.js";
import { reportCause } from "../report-error.js";
import { failure } from "./failure.js";
import { newMutationId } from "./mutation-id.js";
import { Overlay } from "./overlay.js";

/** A change of one's own. */
export interface ValueMutation<Value, Reply> {
  /** How it is shown until the server has answered. */
  readonly apply: (value: Value) => Value;
  /** Tells the server, with the id by which the echo will be recognised. A rejection takes the change back. */
  readonly commit: (mutationId: string) => Promise<Reply>;
  /** What the answer makes of the base. Leave out where a message will echo the mutation: that settles it. */
  readonly confirm?: (base: Value, reply: Reply) => Value;
}

/** What the server says besides the change. */
export interface Spoken {
  /** Whose mutation this is the echo of. */
  readonly mutationId?: string | undefined;
  /** Counts up with each change; what is not above the last one is old and changes nothing. */
  readonly version?: number | undefined;
}

const MAX_CONFIRMED = 1_000; // echoes come within seconds of the answer

/** One value, of any kind, that is shown as if the server had already agreed. */
export class OptimisticValue<Value> {
  readonly #overlay: Overlay<Value>;
  readonly #listeners = new ListenerSet<{ readonly change: () => void }>(reportCause);
  /** Settled by the answer; the echo is still to come. */
  readonly #confirmed = new Set<string>();
  /** Accepted by the server; settled by the echo that is still to come. */
  readonly #accepted = new Set<string>();
  #version = Number.NEGATIVE_INFINITY;

  constructor(initial: Value) {
    this.#overlay = new Overlay(initial, () => this.#listeners.emit("change"));
  }

  /** What is to be shown; the same until something changes. */
  get value(): Value {
    return this.#overlay.shown;
  }

  /** What the server has said so far. */
  get base(): Value {
    return this.#overlay.base;
  }

  /** Changes of one's own that are not settled. */
  get pending(): number {
    return this.#overlay.pending.size;
  }

  watch(change: () => void): () => void {
    return this.#listeners.add({ change });
  }

  /** The server says what the value is. */
  receive(value: Value, spoken: Spoken = {}): void {
    this.#receive(() => value, spoken);
  }

  /** The server says how the value changes. A step that the answer has already brought is not taken twice. */
  receiveStep(step: (base: Value) => Value, spoken: Spoken = {}): void {
    const isTaken = spoken.mutationId !== undefined && this.#confirmed.has(spoken.mutationId);
    this.#receive(isTaken ? (base) => base : step, spoken);
  }

  /** A fresh copy, after a gap: what the server had accepted before is in it. */
  load(value: Value, version = Number.NEGATIVE_INFINITY): void {
    const accepted = [...this.#accepted];
    this.#accepted.clear();
    this.#version = version;
    this.#overlay.rebase(value, accepted);
  }

  /** Shows a change at once and tells the server. Resolves with its answer; rejects with its reason, or what `apply` throws, the change taken back. */
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

  #receive(step: (base: Value) => Value, { mutationId = "", version }: Spoken): void {
    const isOld = version !== undefined && version <= this.#version;
    this.#confirmed.delete(mutationId);
    this.#accepted.delete(mutationId);
    if (version !== undefined && !isOld) this.#version = version;
    this.#overlay.rebase(isOld ? this.base : step(this.base), [mutationId]);
  }

  #confirm(mutationId: string, base: Value): void {
    this.#confirmed.add(mutationId);
    if (this.#confirmed.size > MAX_CONFIRMED) for (const oldest of this.#confirmed) { this.#confirmed.delete(oldest); break; } // prettier-ignore
    this.#overlay.rebase(base, [mutationId]);
  }
}
