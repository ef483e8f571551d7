import type { RealtimeEnvelope } from "../wire/envelope.js";
import type { BrokerListener, IRealtimeBroker, RealtimeCommand } from "./broker.seam.js";

/** One process: what is said here is heard here, in the same turn. Several gateways may share one. */
export class InProcessBroker implements IRealtimeBroker {
  readonly #listeners = new Set<BrokerListener>();

  publish(envelope: RealtimeEnvelope): void {
    let failed: { readonly cause: unknown } | undefined;
    for (const listener of this.#listeners) {
      try {
        listener.onEnvelope(envelope);
      } catch (cause) {
        failed ??= { cause }; // told when all the others have heard
      }
    }
    if (failed) throw failed.cause;
  }

  async command(command: RealtimeCommand): Promise<void> {
    const carriedOut = [...this.#listeners].map(async (listener) => listener.onCommand(command));
    const failed = (await Promise.allSettled(carriedOut)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  listen(listener: BrokerListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}
