import { brokerContract } from "./broker-contract";
import { isEnvelope, PubSubCluster } from "./pub-sub-under-test";

brokerContract("PubSubBroker over a perfect carrier", (seed) => new PubSubCluster(seed));

// Envelopes arrive late, twice and in another order; of everything else a tenth is lost too.
brokerContract(
  "PubSubBroker over a bad carrier",
  (seed) =>
    new PubSubCluster(seed, ({ topic }) => ({ loss: isEnvelope(topic) ? 0 : 0.1, duplication: 0.2, maxDelayMs: 60 })),
);
