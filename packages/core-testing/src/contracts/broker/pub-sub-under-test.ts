import type { Clock, IPubSub, IRealtimeBroker } from "@repo/core-realtime";
import { PubSubBroker, type PubSubBrokerOptions } from "@repo/core-realtime/server";
import { FakeClock } from "../../fake-clock";
import { FaultyPubSub, type CarrierFaults } from "../../faulty-pub-sub";
import type { BrokerFaults, BrokerUnderTest } from "./broker-under-test";

const NONE: CarrierFaults = { loss: 0, duplication: 0, maxDelayMs: 0 };
const DISTURBED: CarrierFaults = { loss: 0.15, duplication: 0.2, maxDelayMs: 150 };

/** A cluster of `PubSubBroker`s over one carrier in memory, which has its own faults all the time. */
export class PubSubCluster implements BrokerUnderTest {
  readonly clock = new FakeClock();
  readonly carrier: FaultyPubSub;
  readonly faults: BrokerFaults;

  constructor(seed = 1, faultsOf: FaultyPubSub["faultsOf"] = () => NONE) {
    const carrier = new FaultyPubSub({ clock: this.clock, seed });
    carrier.faultsOf = faultsOf;
    this.carrier = carrier;
    this.faults = {
      loseEnvelopes: (nodeId) => carrier.lose(({ to, topic }) => to === nodeId && isEnvelope(topic)),
      cut: (nodeId, direction) => carrier.cut(nodeId, direction),
      disturb() {
        carrier.faultsOf = () => DISTURBED;
        return () => void (carrier.faultsOf = faultsOf);
      },
    };
  }

  open(nodeId: string, options: Partial<PubSubBrokerOptions> & OwnParts = {}): IRealtimeBroker {
    return new PubSubBroker({ clock: this.clock, carrier: this.carrier.connect(nodeId), ...options });
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceAsync(ms);
  }

  close(): void {
    this.carrier.faultsOf = () => NONE;
  }
}

interface OwnParts {
  readonly clock?: Clock;
  readonly carrier?: IPubSub;
}

export function isEnvelope(topic: string): boolean {
  return topic.includes(".shard.");
}
