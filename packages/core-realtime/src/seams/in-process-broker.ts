import type { SealedEnvelope } from "../wire/sealed-envelope.js";
import type { BrokerMembership, BrokerNode, CommandOutcome, IRealtimeBroker, RealtimeCommand } from "./broker.seam.js";

/** One process: what is published here is received here, in the same turn. Several nodes may share one. */
export class InProcessBroker implements IRealtimeBroker {
  readonly #nodes = new Set<BrokerNode>();

  join(_nodeId: string, node: BrokerNode): BrokerMembership {
    this.#nodes.add(node);
    return {
      publish: (envelope) => this.#publish(envelope),
      want: () => undefined,
      unwant: () => undefined,
      command: (command) => this.#command(command),
      leave: () => void this.#nodes.delete(node),
    };
  }

  close(): void {
    this.#nodes.clear();
  }

  #publish(envelope: SealedEnvelope): void {
    let failed: { readonly cause: unknown } | undefined;
    for (const node of this.#nodes) {
      try {
        node.onEnvelope(envelope);
      } catch (cause) {
        failed ??= { cause }; // thrown when all the others have received it
      }
    }
    if (failed) throw failed.cause;
  }

  async #command(command: RealtimeCommand): Promise<CommandOutcome> {
    const carriedOut = [...this.#nodes].map(async (node) => node.onCommand(command));
    const failed = (await Promise.allSettled(carriedOut)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return { nodes: carriedOut.length, givenUp: [] };
  }
}
