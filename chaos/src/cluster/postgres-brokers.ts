import { PostgresServer } from "@repo/postgres-testing";
import { createPostgresRealtime, migrate, PgClient, SqlError, type PostgresRealtime } from "@repo/realtime-postgres";
import { PostgresPresenceStore } from "@repo/realtime-presence/postgres";
import { Outages } from "../checker/outages";
import { ChaosProxy } from "../network/chaos-proxy";
import type { ChaosBrokers, MakeChaosBrokers } from "./chaos-brokers";
import { DatabaseDisturber, LONGEST_OUTAGE_MS } from "./database-disturber";

const CONNECTIONS = 5; // of a node's pool: few, so that all of them can be held

interface PostgresNode {
  readonly client: PgClient;
  readonly postgres: PostgresRealtime;
}

/** One database server as history, broker, reply store and presence store of all nodes. It is restarted, cut off and overloaded. */
export const postgresBrokers: MakeChaosBrokers = async (random): Promise<ChaosBrokers> => {
  const server = await PostgresServer.start();
  const { connectionString } = await server.createDatabase();
  const setup = new PgClient({ connectionString });
  await migrate(setup);
  await setup.close();
  const proxy = await ChaosProxy.open(server.port, random);
  const throughProxy = new URL(connectionString);
  throughProxy.port = String(proxy.port);
  const outages = new Outages();
  const nodes = new Map<number, PostgresNode>();
  const disturber = new DatabaseDisturber({
    server,
    proxy,
    outages,
    random,
    pools: () => [...nodes.values()].map(({ client }) => ({ client, connections: CONNECTIONS })),
  });

  /** The loss of a connection is reported, a half-open one up to 20 s later; every other failure ends the run, unless the database is away. */
  const failed = (cause: unknown): void => {
    if (isLostConnection(cause) || outages.covers(performance.now())) return;
    setImmediate(() => {
      throw cause; // in a callback it would not be reported
    });
  };
  const open = (): PostgresNode => {
    const client = new PgClient({
      connectionString,
      directConnectionString: String(throughProxy), // of LISTEN and sessions
      maxConnections: CONNECTIONS,
    });
    const observer = {
      kinds: ["failed"] as const,
      observe: (observation: { readonly kind: string; readonly cause?: unknown }) => failed(observation.cause),
    };
    return {
      client,
      postgres: createPostgresRealtime({ client, nodes: "several", onError: failed, observers: [observer] }),
    };
  };
  return {
    partsOf(number) {
      const node = nodes.get(number) ?? open();
      nodes.set(number, node);
      const { registry, guards, history, broker, replies } = node.postgres;
      const presenceStore = new PostgresPresenceStore(node.client);
      return { registry, guards, history, broker, presenceStore, ...(replies && { replies }) };
    },
    disturb: () => disturber.start(),
    heal: () => disturber.stop(),
    get faults() {
      return disturber.faults;
    },
    outages,
    longestOutageMs: LONGEST_OUTAGE_MS,
    async close() {
      await disturber.stop();
      for (const { postgres } of nodes.values()) await postgres.close();
      for (const { client } of nodes.values()) await client.close();
      await proxy.close();
      await server.close();
    },
  };
};

function isLostConnection(cause: unknown): boolean {
  return cause instanceof SqlError && cause.isUnavailable;
}
