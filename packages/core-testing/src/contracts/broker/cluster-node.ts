import type {
  BrokerEnvelope,
  BrokerMembership,
  BrokerNode,
  IRealtimeBroker,
  RealtimeCommand,
} from "@repo/core-realtime";

/** What a node was called for, and when. */
export type ClusterEvent =
  | { readonly kind: "envelope"; readonly envelope: BrokerEnvelope; readonly at: number }
  | { readonly kind: "command"; readonly command: RealtimeCommand; readonly at: number }
  | { readonly kind: "gap"; readonly channels: readonly string[] | undefined; readonly at: number }
  | { readonly kind: "isolated" | "rejoined"; readonly at: number };

/** A node in a broker contract: records what it is called for, and may be slow or broken. */
export class ClusterNode implements BrokerNode {
  readonly id: string;
  readonly broker: IRealtimeBroker;
  readonly events: ClusterEvent[] = [];
  readonly #now: () => number;
  #membership: BrokerMembership | undefined;
  /** What carrying out a command takes. */
  carryOut: () => Promise<void> | void = () => undefined;
  /** What taking an envelope takes. */
  take: () => void = () => undefined;

  constructor(id: string, broker: IRealtimeBroker, now: () => number) {
    this.id = id;
    this.broker = broker;
    this.#now = now;
  }

  async join(): Promise<void> {
    this.#membership = await this.broker.join(this.id, this);
  }

  get membership(): BrokerMembership {
    if (this.#membership) return this.#membership;
    throw new Error(`${this.id} has not joined.`);
  }
  get received(): readonly BrokerEnvelope[] {
    return this.events.flatMap((event) => (event.kind === "envelope" ? [event.envelope] : []));
  }
  get payloads(): readonly (string | undefined)[] {
    return this.received.map(({ json }) => json);
  }
  get commands(): readonly RealtimeCommand[] {
    return this.events.flatMap((event) => (event.kind === "command" ? [event.command] : []));
  }
  get gaps(): readonly (readonly string[] | "all")[] {
    return this.events.flatMap((event) => (event.kind === "gap" ? [event.channels ?? "all"] : []));
  }
  get isIsolated(): boolean {
    return this.events.findLast(({ kind }) => kind === "isolated" || kind === "rejoined")?.kind === "isolated";
  }

  onEnvelope(envelope: BrokerEnvelope): void {
    this.take(); // a broken node throws here, in the broker's own turn
    this.events.push({ kind: "envelope", envelope, at: this.#now() });
  }

  onCommand(command: RealtimeCommand): Promise<void> | void {
    const done = () => void this.events.push({ kind: "command", command, at: this.#now() });
    const carrying = this.carryOut();
    return carrying ? carrying.then(done) : done();
  }

  onGap(channels?: readonly string[]): void {
    this.events.push({ kind: "gap", channels, at: this.#now() });
  }

  onIsolated(): void {
    this.events.push({ kind: "isolated", at: this.#now() });
  }

  onRejoined(): void {
    this.events.push({ kind: "rejoined", at: this.#now() });
  }
}
