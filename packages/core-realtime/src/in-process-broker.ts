import type { RealtimeEnvelope } from "./envelope.js";
import type { BrokerListener, IRealtimeBroker, RealtimeCommand } from "./realtime-broker.js";

/** One process: what is said here is heard here, in the same turn. Several gateways may share one. */
export class InProcessBroker implements IRealtimeBroker {
  readonly #listeners = new Set<BrokerListener>();

  publish(envelope: RealtimeEnvelope): void {
    for (const listener of this.#listeners) listener.onEnvelope(envelope);
  }

  async command(command: RealtimeCommand): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener.onCommand(command)));
  }

  listen(listener: BrokerListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}
