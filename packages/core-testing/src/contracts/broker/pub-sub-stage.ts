import type { IPubSub, IRealtimeBroker } from "@repo/core-realtime";
import { BrokerStage } from "./broker-stage";
import { ClusterNode } from "./cluster-node";
import { PubSubCluster } from "./pub-sub-under-test";

/** A stage for tests of `PubSubBroker` alone, which reach its carrier and its clock. */
export async function pubSubStage(cluster = new PubSubCluster()) {
  const stage = await BrokerStage.open(() => cluster);
  const nodeOf = (id: string, broker: IRealtimeBroker = cluster.open(id)) =>
    new ClusterNode(id, broker, () => stage.now);
  return { cluster, stage, nodeOf };
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
