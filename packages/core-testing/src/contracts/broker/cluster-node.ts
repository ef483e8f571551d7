import type { IRealtimeBroker, RealtimeCommand, RealtimeEnvelope } from "@repo/core-realtime";
import { Waiters } from "../../waiters";

/** One node's ear in a broker contract: keeps what it hears, and may be slow or broken. */
export class ClusterNode {
  readonly broker: IRealtimeBroker;
  readonly heard: RealtimeEnvelope[] = [];
  readonly commands: RealtimeCommand[] = [];
  readonly #news = new Waiters<RealtimeEnvelope | RealtimeCommand>();
  #undo: () => void = () => undefined;
  /** What carrying out a command takes. */
  carryOut: () => Promise<void> | void = () => undefined;
  /** What hearing an envelope takes. */
  take: () => void = () => undefined;

  private constructor(broker: IRealtimeBroker) {
    this.broker = broker;
  }

  static async listen(broker: IRealtimeBroker): Promise<ClusterNode> {
    const node = new ClusterNode(broker);
    node.#undo = await broker.listen({
      onEnvelope: (envelope) => node.#hear(envelope),
      onCommand: (command) => {
        const carrying = node.carryOut(); // a broken node throws here, in the broker's own turn
        return carrying ? carrying.then(() => node.#hasDone(command)) : node.#hasDone(command);
      },
    });
    return node;
  }

  /** Hears no more. */
  stop(): void {
    this.#undo();
  }

  /** Resolves when so many envelopes have been heard. */
  async hasHeard(count: number): Promise<readonly RealtimeEnvelope[]> {
    await this.#until(
      () => this.heard.length >= count,
      () => `${count} envelopes were to come; came: ${this.heard.length}`,
    );
    return this.heard;
  }

  /** Resolves when a command has been carried out here. */
  async hasCarriedOut(): Promise<void> {
    await this.#until(
      () => this.commands.length > 0,
      () => "a command was to come",
    );
  }

  async #until(isSo: () => boolean, missing: () => string): Promise<void> {
    if (!isSo()) await this.#news.next(isSo, missing);
  }

  #hasDone(command: RealtimeCommand): void {
    this.commands.push(command);
    this.#news.tell(command);
  }

  #hear(envelope: RealtimeEnvelope): void {
    this.heard.push(envelope);
    this.#news.tell(envelope);
    this.take();
  }
}
