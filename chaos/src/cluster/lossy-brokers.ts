import { PubSubBroker, systemClock } from "@repo/core-realtime/server";
import { FaultyPubSub, type CarrierFaults } from "@repo/core-testing";
import { Outages } from "../checker/outages";
import { between } from "../network/random";
import type { MakeChaosBrokers } from "./chaos-brokers";

const BAD: CarrierFaults = { loss: 0.05, duplication: 0.05, maxDelayMs: 80 };
const GOOD: CarrierFaults = { loss: 0, duplication: 0, maxDelayMs: 0 };
const MEAN_PAUSE_MS = 4_000;
const LONGEST_CUT_MS = 1_500; // a node that is cut off for longer isolates itself, and refuses to publish

/** Brokers over a carrier that loses, repeats and reorders one text in twenty, and now and then carries nothing to or from a node. */
export const lossyBrokers: MakeChaosBrokers = (random) => {
  const clock = systemClock;
  const carrier = new FaultyPubSub({ clock, seed: between(random, 1, 2 ** 31 - 1) });
  const faults = new Map<string, number>();
  const brokers = new Map<number, PubSubBroker>();
  const cuts = new Set<() => void>();
  const awake = setInterval(() => undefined, 60_000); // a carrier in memory holds no socket that keeps the process alive while a node joins
  let isHealed = false;
  const count = (kind: string) => faults.set(kind, (faults.get(kind) ?? 0) + 1);
  carrier.faultsOf = () => (isHealed ? GOOD : BAD);
  const cutLater = (): (() => void) =>
    clock.after(between(random, 1, 2 * MEAN_PAUSE_MS), () => {
      if (isHealed) return;
      const node = between(random, 0, brokers.size - 1);
      const direction = (["in", "out", "both"] as const)[between(random, 0, 2)] ?? "both";
      count(`cut ${direction}`);
      const undo = carrier.cut(`node-${node}`, direction);
      cuts.add(undo);
      clock.after(between(random, 1, LONGEST_CUT_MS), undo);
      cancel = cutLater();
    });
  let cancel = cutLater();
  return {
    partsOf(node) {
      const broker = brokers.get(node) ?? new PubSubBroker({ clock, carrier: carrier.connect(`node-${node}`) });
      brokers.set(node, broker);
      return { broker };
    },
    disturb: () => undefined, // it fails from the start
    heal() {
      isHealed = true;
      cancel();
      for (const undo of cuts) undo();
    },
    faults,
    outages: new Outages(),
    longestOutageMs: 0,
    async close() {
      cancel();
      clearInterval(awake);
      await Promise.all([...brokers.values()].map((broker) => broker.close()));
    },
  };
};
