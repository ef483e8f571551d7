import { randomUUID } from "node:crypto";
import type {
  BrokerMembership,
  BrokerNode,
  CommandOutcome,
  IRealtimeBroker,
  RealtimeCommand,
} from "../../seams/broker.seam.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import { isThenable } from "../../thenable.js";
import type { ChannelInterest } from "./channel-table.js";

/** This node's place in its broker, from the moment that it begins to join. */
export class NodeMembership implements ChannelInterest {
  readonly #broker: IRealtimeBroker;
  readonly #node: BrokerNode;
  #joining: Promise<BrokerMembership>;
  #membership: BrokerMembership | undefined;
  #hasFailed = false;

  constructor(broker: IRealtimeBroker, node: BrokerNode) {
    this.#broker = broker;
    this.#node = node;
    this.#joining = this.#join();
  }

  /** Resolves when the node is a member; rejects where the broker could not be joined. After a failure it tries again. */
  async joined(): Promise<void> {
    if (this.#hasFailed) this.#joining = this.#join();
    await this.#joining;
  }

  publish(envelope: SealedEnvelope): Promise<void> | void {
    if (this.#membership) return this.#membership.publish(envelope);
    return this.#joining.then((membership) => membership.publish(envelope));
  }

  want(channel: string): Promise<void> | void {
    return this.#membership?.want(channel);
  }

  unwant(channel: string): Promise<void> | void {
    return this.#membership?.unwant(channel);
  }

  async command(command: RealtimeCommand): Promise<CommandOutcome> {
    return (await this.#joining).command(command);
  }

  async leave(): Promise<void> {
    const membership = this.#membership ?? (await this.#joining.catch(() => undefined));
    await membership?.leave();
  }

  #join(): Promise<BrokerMembership> {
    this.#hasFailed = false;
    const joining = this.#joinOnce();
    joining.catch(() => (this.#hasFailed = true)); // `joined` rejects with it; a broker that is down ends no process
    return joining;
  }

  async #joinOnce(): Promise<BrokerMembership> {
    try {
      const joining = this.#broker.join(randomUUID(), this.#node);
      this.#membership = isThenable(joining) ? await joining : joining;
      return this.#membership;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `The broker could not be joined, so no client was admitted: ${why} Call serve() again when it is up.`,
        {
          cause,
        },
      );
    }
  }
}
