/** One sender's commands on a receiver: each runs once, however often it arrives. As many are kept as the sender has unsettled. */
export class ExecutedCommands {
  readonly #done = new Map<number, Promise<string | undefined>>();
  #settled = 0;

  /** The outcome, a failure's sentence or undefined; of the first run where it runs already. Undefined for what the sender has settled. */
  run(
    { number, settled }: { readonly number: number; readonly settled: number },
    execute: () => Promise<void> | void,
  ): Promise<string | undefined> | undefined {
    if (settled > this.#settled) {
      this.#settled = settled;
      for (const known of this.#done.keys()) if (known < settled) this.#done.delete(known);
    }
    if (number < this.#settled) return undefined;
    const outcome = this.#done.get(number) ?? outcomeOf(execute);
    this.#done.set(number, outcome);
    return outcome;
  }
}

async function outcomeOf(execute: () => Promise<void> | void): Promise<string | undefined> {
  try {
    await execute();
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
