/** A local change that the server has not confirmed. */
export interface Pending<Value> {
  /** The id that its echo carries. */
  readonly mutationId: string;
  /** The value after the change. */
  readonly apply: (value: Value) => Value;
  /** It was reverted because `apply` threw this: at once, or on a later base. */
  readonly onFailure?: ((reason: unknown) => void) | undefined;
}

/** The server's value, and on top of it, in order, the local changes. */
export class Overlay<Value, One extends Pending<Value> = Pending<Value>> {
  readonly #onChange: () => void;
  readonly #pending = new Map<string, One>();
  #base: Value;
  #shown: Value;

  constructor(base: Value, onChange: () => void) {
    this.#base = this.#shown = base;
    this.#onChange = onChange;
  }

  /** What is to be shown; the same until something changes. */
  get shown(): Value {
    return this.#shown;
  }

  /** The value as the server has sent it. */
  get base(): Value {
    return this.#base;
  }

  /** By mutation id, in the order of the calls. */
  get pending(): ReadonlyMap<string, One> {
    return this.#pending;
  }

  /** Puts a change on top. */
  add(one: One): void {
    this.#pending.set(one.mutationId, one);
    this.#replay();
  }

  /** The base has changed, and so these are settled: both at once, or something would be shown twice or not at all. */
  rebase(base: Value, settled: readonly string[] = []): void {
    this.#base = base;
    for (const mutationId of settled) this.#pending.delete(mutationId);
    this.#replay();
  }

  /** Reverts one change, and only that one. */
  drop(mutationId: string): void {
    if (this.#pending.delete(mutationId)) this.#replay();
  }

  /** What throws drops out, with its reason: it would throw at every replay, and no change would be shown. */
  #replay(): void {
    const failures: (() => void)[] = [];
    let shown = this.#base;
    for (const { mutationId, apply, onFailure } of this.#pending.values())
      try {
        shown = apply(shown);
      } catch (reason) {
        this.#pending.delete(mutationId);
        failures.push(() => onFailure?.(reason));
      }
    this.#shown = shown;
    this.#onChange();
    for (const fail of failures) fail();
  }
}
