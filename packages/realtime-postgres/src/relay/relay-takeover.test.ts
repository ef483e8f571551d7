import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { LEASE_MS, STAND_BY_MS } from "./relay-lease.js";

const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const PROGRAM = fileURLToPath(new URL("../testing/relay-process.ts", import.meta.url));

/** A relay in a process of its own. */
class RelayProcess {
  isLeading = false;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (isLeading: boolean) => void (this.isLeading = isLeading));
  }

  static async start(connectionString: string): Promise<RelayProcess> {
    const child = fork(PROGRAM, [connectionString], {
      execArgv: ["--import", TSX, "--conditions=@repo/source"],
    });
    const relay = new RelayProcess(child);
    onTestFinished(() => relay.kill("SIGKILL"));
    await once(child, "message");
    return relay;
  }

  async kill(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill(signal);
    if (signal === "SIGKILL") await gone;
  }
}

const opened = async () => {
  const { connectionString } = await sharedDatabase();
  const client = new PgClient({ connectionString });
  onTestFinished(() => client.close());
  await migrate(client);
  const relays = await Promise.all([RelayProcess.start(connectionString), RelayProcess.start(connectionString)]);
  await expect.poll(() => relays.filter(({ isLeading }) => isLeading).length).toBe(1);
  const [first, second] = relays[0].isLeading ? relays : relays.toReversed();
  if (!first || !second) throw new Error("no relays");
  let n = 0;
  const write = () =>
    client.query("insert into realtime.outbox (channel_name, event_name, payload) values ('one', 'e', $1)", [
      String((n += 1)),
    ]);
  const logged = async () =>
    (
      await client.query<{ line: string }>(
        `select payload::text || ' at ' || "offset" || ' of ' || (select count(distinct epoch) from realtime.messages) as line
        from realtime.messages order by seq`,
      )
    ).map(({ line }) => line);
  return { first, second, write, logged };
};

it(
  "numbers on in the same epoch, in another process, when the relay's is killed with -9",
  { timeout: 180_000 },
  async () => {
    const { first, second, write, logged } = await opened();
    await write();
    await expect.poll(logged).toEqual(["1 at 1 of 1"]);
    await first.kill("SIGKILL");
    await write();
    await expect.poll(logged).toEqual(["1 at 1 of 1", "2 at 2 of 1"]);
    expect(second.isLeading).toBe(true);
  },
);

it(
  "numbers on another node while the relay's process is paused, and numbers nothing twice when it continues",
  { timeout: 180_000 },
  async () => {
    const { first, second, write, logged } = await opened();
    await write();
    await expect.poll(logged).toEqual(["1 at 1 of 1"]);
    await first.kill("SIGSTOP");
    await write();
    await expect.poll(logged).toEqual(["1 at 1 of 1", "2 at 2 of 1"]);
    await first.kill("SIGCONT");
    await expect.poll(() => first.isLeading).toBe(false);
    await write();
    await expect.poll(logged).toEqual(["1 at 1 of 1", "2 at 2 of 1", "3 at 3 of 1"]);
    expect(second.isLeading).toBe(true);
  },
);

it("lets another relay take over within 2 s, by the times that decide", () => {
  expect(LEASE_MS + STAND_BY_MS).toBeLessThan(2_000);
});
