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

/** This node's place in its broker, from the moment that it asks to join. */
export class NodeMembership implements ChannelInterest {
  readonly #joining: Promise<BrokerMembership>;
  #membership: BrokerMembership | undefined;

  constructor(broker: IRealtimeBroker, node: BrokerNode) {
    this.#joining = this.#join(broker, node);
    this.#joining.catch(() => undefined); // `joined` rejects with it; a broker that is down ends no process
  }

  /** Resolves when the node is a member; rejects where the broker could not be joined. */
  async joined(): Promise<void> {
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

  async #join(broker: IRealtimeBroker, node: BrokerNode): Promise<BrokerMembership> {
    const joining = broker.join(randomUUID(), node);
    this.#membership = isThenable(joining) ? await joining : joining;
    return this.#membership;
  }
}
