// A process of writers: each has a connection of its own and commits one statement after the other, at a rate or as fast as it can.
import pg from "pg";

/** What a round of writers does. */
export interface WriteOrder {
  /** Bound to `$1` (when it was sent, in µs of the machine's monotonic clock) and `$2` (a running number). */
  readonly sql: string;
  readonly writers: number;
  readonly ms: number;
  /** Commits per second of all together; left out: as fast as they can. */
  readonly perSecond?: number;
}

export interface WriteReport {
  readonly commits: number;
  readonly ms: number;
}

const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);

async function run(connectionString: string, { sql, writers, ms, perSecond }: WriteOrder): Promise<WriteReport> {
  const clients = await Promise.all(
    Array.from({ length: writers }, async () => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return client;
    }),
  );
  let commits = 0;
  const began = performance.now();
  const pauseMs = perSecond === undefined ? 0 : (1_000 * writers) / perSecond;
  await Promise.all(
    clients.map(async (client, index) => {
      let due = began + (pauseMs * index) / writers;
      while (performance.now() - began < ms) {
        const waitMs = due - performance.now();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        due += pauseMs;
        commits += 1;
        await client.query({ name: "write", text: sql, values: [nowUs(), commits] });
      }
    }),
  );
  const report = { commits, ms: performance.now() - began };
  await Promise.all(clients.map((client) => client.end()));
  return report;
}

const [connectionString = ""] = process.argv.slice(2);
process.on("message", (order: WriteOrder) => {
  void run(connectionString, order).then((report) => process.send?.(report));
});
process.on("disconnect", () => process.exit(0));
process.send?.({});
