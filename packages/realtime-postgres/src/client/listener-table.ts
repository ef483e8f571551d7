import type { NotifyListener } from "./sql-client.js";

/** The listeners of each notification channel. */
export class ListenerTable {
  readonly #listeners = new Map<string, Set<NotifyListener>>();

  get channels(): readonly string[] {
    return [...this.#listeners.keys()];
  }

  add(channel: string, listener: NotifyListener): void {
    const listeners = this.#listeners.get(channel);
    if (listeners) listeners.add(listener);
    else this.#listeners.set(channel, new Set([listener]));
  }

  /** Whether the channel has no listener left. */
  delete(channel: string, listener: NotifyListener): boolean {
    const listeners = this.#listeners.get(channel);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return false;
    return this.#listeners.delete(channel);
  }

  notify(channel: string, payload: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) run(() => listener.onNotify(payload));
  }

  gap(): void {
    for (const listeners of this.#listeners.values()) for (const listener of listeners) run(() => listener.onGap());
  }
}

/** A listener that throws must not end the process, nor keep the others from receiving. */
function run(call: () => void): void {
  try {
    call();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
