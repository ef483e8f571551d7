import type { IRealtimeBroker } from "@repo/core-realtime";
import { RecordingObserver } from "@repo/core-testing";
import { brokerContract, type BrokerFaults, type BrokerUnderTest } from "@repo/core-testing/contracts";
import { afterEach } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { PubSubCluster } from "../pub-sub/testing/pub-sub-cluster.js";
import { onEachDatabase, type DatabaseUnderTest } from "../testing/index.js";
import { randomSeeds } from "../pub-sub/testing/random-seeds.js";
import { PostgresBroker } from "./postgres-broker.js";

/** Brokers over one log, with a broker between them that a test disturbs. No time passes while the log is read. */
class PostgresBrokerCluster implements BrokerUnderTest {
  readonly faults: BrokerFaults;
  readonly #between: PubSubCluster;
  readonly #client: SqlClient;
  readonly #reading = new Set<Promise<unknown>>();

  constructor(client: SqlClient, between: PubSubCluster) {
    this.#between = between;
    this.#client = client;
    this.faults = between.faults;
  }

  open(nodeId: string): IRealtimeBroker {
    const client: SqlClient = {
      query: (sql, values) => this.#observe(this.#client.query(sql, values)),
      transaction: (work, isolation) => this.#observe(this.#client.transaction(work, isolation)),
      listen: (channel, listener) => this.#observe(this.#client.listen(channel, listener)),
      session: () => this.#observe(this.#client.session()),
      close: () => this.#client.close(),
    };
    return new PostgresBroker({ client, observer: new RecordingObserver(), between: this.#between.open(nodeId) });
  }

  async pass(ms: number): Promise<void> {
    while (this.#reading.size > 0) await Promise.allSettled(this.#reading);
    await this.#between.pass(ms);
  }

  close(): Promise<void> {
    return this.#between.close();
  }

  #observe<T>(request: Promise<T>): Promise<T> {
    this.#reading.add(request);
    const forget = () => this.#reading.delete(request);
    request.then(forget, forget);
    return request;
  }
}

onEachDatabase((name, open) => {
  let database: Promise<DatabaseUnderTest> | undefined;
  let clusters = 0;
  afterEach(() => void (database = undefined));

  brokerContract(
    `PostgresBroker on ${name}`,
    async (seed) => {
      const { client } = await (database ??= open());
      clusters += 1;
      return new PostgresBrokerCluster(client, new PubSubCluster(client, seed, `cluster-${clusters}`));
    },
    { randomSeeds: randomSeeds(name) },
  );
});
