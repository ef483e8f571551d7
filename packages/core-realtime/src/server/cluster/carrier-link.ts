import type { IPubSub } from "../../seams/pub-sub.seam.js";
import type { ClusterMessage } from "./cluster-message.js";

/** The carrier as one node uses it: names the topics, and hides failures from callers that retry anyway. */
export class CarrierLink {
  readonly #carrier: IPubSub;
  readonly #prefix: string;
  #lastFailure: unknown;

  constructor(carrier: IPubSub, prefix: string) {
    this.#carrier = carrier;
    this.#prefix = `${prefix}.v1`; // the format of what is carried
  }

  /** Why the carrier did not take a message, the last time. */
  get lastFailure(): unknown {
    return this.#lastFailure;
  }

  /** To all nodes, the sender included. */
  sendToAll(message: ClusterMessage): void {
    this.#send(`${this.#prefix}.all`, message);
  }

  /** To one node's own topic. */
  sendTo(member: string, message: ClusterMessage): void {
    this.#send(this.#topicOf(member), message);
  }

  publish(shard: number, text: string): Promise<void> | void {
    return this.#carrier.publish(`${this.#prefix}.shard.${shard}`, text);
  }

  /** Receives what is for all, and for this node; returns the undo. */
  async open(key: string, onText: (text: string) => void): Promise<() => void> {
    const stopAll = await this.#carrier.subscribe(`${this.#prefix}.all`, onText);
    try {
      const stopOwn = await this.#carrier.subscribe(this.#topicOf(key), onText);
      return () => {
        stopAll();
        stopOwn();
      };
    } catch (cause) {
      stopAll();
      throw cause;
    }
  }

  subscribe(shard: number, onText: (text: string) => void): Promise<() => void> | (() => void) {
    return this.#carrier.subscribe(`${this.#prefix}.shard.${shard}`, onText);
  }

  #topicOf(member: string): string {
    return `${this.#prefix}.node.${member.split(".", 1)[0] ?? member}`; // a node keeps its topic through all its memberships
  }

  #send(topic: string, message: ClusterMessage): void {
    try {
      const sent = this.#carrier.publish(topic, JSON.stringify(message));
      if (sent) sent.catch((cause: unknown) => (this.#lastFailure = cause));
    } catch (cause) {
      this.#lastFailure = cause; // repeated by the next tick; a carrier that stays silent isolates the node
    }
  }
}
