import type { IPubSub, IRealtimeBroker } from "@repo/core-realtime";
import { BrokerFixture } from "./broker-fixture";
import { ClusterNode } from "./cluster-node";
import { PubSubCluster } from "./pub-sub-under-test";

/** A fixture for tests of `PubSubBroker` alone, which reach its carrier and its clock. */
export async function pubSubFixture(cluster = new PubSubCluster()) {
  const fixture = await BrokerFixture.open(() => cluster);
  const nodeOf = (id: string, broker: IRealtimeBroker = cluster.open(id)) =>
    new ClusterNode(id, broker, () => fixture.now);
  return { cluster, fixture, nodeOf };
}

/** The carrier, counting what it is used for. */
export function counting(carrier: IPubSub) {
  const topics = new Set<string>();
  const texts: { readonly topic: string; readonly text: string }[] = [];
  const counted: IPubSub = {
    publish(topic, text) {
      texts.push({ topic, text });
      return carrier.publish(topic, text);
    },
    async subscribe(topic, onText) {
      topics.add(topic);
      const undo = await carrier.subscribe(topic, onText);
      return () => {
        topics.delete(topic);
        undo();
      };
    },
  };
  return { topics, texts, counted };
}
