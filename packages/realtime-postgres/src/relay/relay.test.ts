import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import type { SqlClient, SqlConnection } from "../client/sql-client.js";
import { RelaySteps } from "../testing/relay-steps.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { Relay } from "./relay.js";

const write = async (on: SqlClient | SqlConnection, payload: number) =>
  on.query("insert into realtime.outbox (channel_name, event_name, payload) values ('one', 'e', $1)", [
    String(payload),
  ]);

const logged = async (client: SqlClient) =>
  (await client.query<{ payload: number }>("select payload from realtime.messages order by seq")).map(
    ({ payload }) => payload,
  );

const started = (client: SqlClient, observer = new RecordingObserver()): Relay => {
  const relay = new Relay({ client, registry: new RealtimeHandlerRegistry(), observer, maxBytes: 1_000 });
  relay.start();
  onTestFinished(() => relay.stop());
  return relay;
};

onEachDatabase((name, open) => {
  it("numbers what is written while it is awake, asleep, and before it began", async () => {
    const { client } = await open();
    await write(client, 1);
    const relay = started(client);
    await expect.poll(() => logged(client), { interval: 5 }).toEqual([1]);
    await write(client, 2);
    await expect.poll(() => logged(client), { interval: 5 }).toEqual([1, 2]);
    await expect.poll(() => client.query("select 1 from realtime.outbox")).toEqual([]); // it has cleaned, and goes to sleep
    await write(client, 3);
    await expect.poll(() => logged(client), { interval: 5 }).toEqual([1, 2, 3]);
    expect(relay.isLeading).toBe(true);
  });

  it("stands by while another one leads, and takes over when that stops", async () => {
    const { client, newClient } = await open();
    const first = started(client);
    await expect.poll(() => first.isLeading, { interval: 5 }).toBe(true);
    const second = started(newClient());
    await write(client, 1);
    await expect.poll(() => logged(client)).toEqual([1]);
    expect(second.isLeading).toBe(false);
    await first.stop();
    await write(client, 2);
    await expect.poll(() => logged(client)).toEqual([1, 2]);
    expect(second.isLeading).toBe(true);
  });

  it("lets another relay lead where it cannot do its part itself", async () => {
    const { client, newClient } = await open();
    const unable: SqlClient = {
      query: (sql, values) => client.query(sql, values),
      transaction: (work, isolation) => client.transaction(work, isolation),
      listen: () => Promise.reject(new Error("no connection left")),
      session: () => client.session(),
      close: () => client.close(),
    };
    started(unable);
    await write(client, 1);
    const able = started(newClient());
    await expect.poll(() => logged(client)).toEqual([1]);
    expect(able.isLeading).toBe(true);
  });

  it("numbers nothing more when its lease was taken, and stands by", async () => {
    const { client } = await open();
    const relay = started(client);
    await expect.poll(() => relay.isLeading, { interval: 5 }).toBe(true);
    await client.query(
      "update realtime.relay_state set term = term + 1, holder = 'other', lease_until = clock_timestamp() + interval '1 hour'",
    );
    await expect.poll(() => relay.isLeading, { interval: 5 }).toBe(false);
    await write(client, 1);
    await client.query("update realtime.relay_state set lease_until = '-infinity'");
    await expect.poll(() => logged(client)).toEqual([1]);
    expect(await client.query("select term from realtime.relay_state")).toEqual([{ term: "3" }]);
  });

  if (name === "PGlite") return; // one session: no two transactions at once

  it("numbers in the order of the commits, and loses none that commits late", async () => {
    const { client } = await open();
    started(client);
    await client.transaction(async (late) => {
      await write(late, 1);
      await write(client, 2);
      await expect.poll(() => logged(client)).toEqual([2]);
      await write(late, 3);
    });
    await expect.poll(() => logged(client)).toEqual([2, 1, 3]);
  });

  it("numbers nothing in a step that waited while another relay took over", async () => {
    const { client, newClient } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, 1);
    let step: Promise<number | undefined> | undefined;
    await newClient().transaction(async (other) => {
      await other.query("update realtime.relay_state set term = term + 1");
      step = steps.step();
      await expect
        .poll(() =>
          client.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          ),
        )
        .toHaveLength(1);
    });
    expect(await step).toBeUndefined();
    expect(await logged(client)).toEqual([]);
  });

  it("lets no writer wait, whatever the relay holds", async () => {
    const { client, newClient } = await open();
    await newClient().transaction(async (relay) => {
      await relay.query("select * from realtime.relay_state for update");
      await relay.query("lock table realtime.positions, realtime.messages in exclusive mode");
      await write(client, 1);
    });
    started(client);
    await expect.poll(() => logged(client)).toEqual([1]);
  });

  it("continues when the connections of its session and of its notifications are half-open", async () => {
    const { client } = await open();
    const half = halfOpening(client);
    started(half.client);
    await write(client, 1);
    await expect.poll(() => client.query("select 1 from realtime.outbox")).toEqual([]); // it goes to sleep
    half.silence();
    for (const payload of [2, 3]) {
      await write(client, payload);
      await expect.poll(async () => (await logged(client)).at(-1)).toBe(payload);
    }
  });

  it("reports a database that is away once, and continues when it is back", async () => {
    const { client } = await open();
    const observer = new RecordingObserver();
    const relay = started(client, observer);
    await expect.poll(() => relay.isLeading, { interval: 5 }).toBe(true);
    await client.query("alter table realtime.relay_state rename to away");
    await observer.seen("failed", ({ where }) => where === "relay");
    await client.query("alter table realtime.away rename to relay_state");
    await write(client, 1);
    await expect.poll(() => logged(client)).toEqual([1]);
    expect(observer.of("failed")).toHaveLength(1);
  });
});

/** A client whose notifications, and the sessions of the time before, carry nothing more from `silence` on, without an end. */
function halfOpening(client: SqlClient): { readonly client: SqlClient; silence(): void } {
  const never = new Promise<never>(() => undefined);
  let isSilent = false;
  return {
    silence: () => void (isSilent = true),
    client: {
      query: (sql, values) => client.query(sql, values),
      transaction: (work, isolation) => client.transaction(work, isolation),
      close: () => client.close(),
      async listen(channel, listener) {
        if (isSilent) return never;
        const unlisten = await client.listen(channel, {
          onNotify: (payload) => isSilent || listener.onNotify(payload),
          onGap: () => isSilent || listener.onGap(),
        });
        return () => (isSilent ? never : unlisten());
      },
      async session() {
        const session = await client.session();
        const wasSilent = isSilent;
        const isDead = () => isSilent && !wasSilent;
        return (
          session && {
            query: (sql, values) => (isDead() ? never : session.query(sql, values)),
            execute: (script) => (isDead() ? never : session.execute(script)),
            closed: session.closed,
            close: () => session.close(),
          }
        );
      },
    },
  };
}
