import { brokerContract } from "@repo/core-testing/contracts";
import { afterEach } from "vitest";
import { onEachDatabase, type DatabaseUnderTest } from "../testing/index.js";
import { randomSeeds } from "./testing/random-seeds.js";
import { PubSubCluster } from "./testing/pub-sub-cluster.js";

onEachDatabase((name, open) => {
  let database: Promise<DatabaseUnderTest> | undefined;
  let clusters = 0;
  afterEach(() => void (database = undefined));

  brokerContract(
    `PubSubBroker over ${name}`,
    async (seed) => {
      const { client } = await (database ??= open());
      clusters += 1;
      return new PubSubCluster(client, seed, `cluster-${clusters}`); // two clusters of one test share its database, not their topics
    },
    { randomSeeds: randomSeeds(name) },
  );
});
