import { PGlite } from "@electric-sql/pglite";
import { brokerContract } from "@repo/core-testing/contracts";
import { sharedDatabase } from "@repo/postgres-testing";
import { PgClient } from "../client/pg-client.js";
import { PgliteClient } from "../client/pglite-client.js";
import { migrate } from "../migrations/migrate.js";
import { PubSubCluster } from "./pub-sub-cluster.js";

brokerContract("PubSubBroker over Postgres", async (seed) => {
  const client = new PgClient({ connectionString: (await sharedDatabase()).connectionString });
  await migrate(client);
  return new PubSubCluster(client, seed, () => client.close());
});

brokerContract("PubSubBroker over PGlite", async (seed) => {
  const database = await PGlite.create();
  const client = new PgliteClient(database);
  await migrate(client);
  return new PubSubCluster(client, seed, () => database.close());
});
