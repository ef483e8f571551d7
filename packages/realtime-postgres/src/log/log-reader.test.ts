import type { SealedEnvelope } from "@repo/core-realtime";
import { RecordingObserver } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { RelaySteps, write } from "../testing/relay-steps.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { LogReader } from "./log-reader.js";

/** A reader, and what its node received: payloads, and gaps as "gap" or the channels' names. */
class Reading {
  readonly events: string[] = [];
  readonly observer = new RecordingObserver();
  onEnvelope = (envelope: SealedEnvelope): void => void this.events.push(envelope.json ?? "");
  reader: LogReader;

  private constructor(client: SqlClient) {
    const node = {
      onEnvelope: (envelope: SealedEnvelope) => this.onEnvelope(envelope),
      onGap: (channels?: readonly string[]) => void this.events.push(channels?.join() ?? "gap"),
    };
    this.reader = new LogReader({ client, node, observer: this.observer });
  }

  static async open(client: SqlClient): Promise<Reading> {
    const reading = new Reading(client);
    await reading.reader.open();
    onTestFinished(() => reading.reader.close());
    return reading;
  }

  async seen(...events: readonly string[]): Promise<void> {
    await expect.poll(() => this.events, { interval: 5 }).toEqual(events);
  }
}

onEachDatabase((_name, open) => {
  it("passes on what is numbered from now on, in the order of the log", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "one", "before");
    await steps.step();
    const reading = await Reading.open(client);
    await client.query(
      "insert into realtime.outbox (channel_name, event_name, payload) select 'one', 'e', to_json(n) from generate_series(1, 1200) n",
    );
    await steps.step();
    await reading.seen(...Array.from({ length: 1_200 }, (_, index) => String(index + 1)));
  });

  it("passes on what no notification announced", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const deaf: SqlClient = {
      query: (sql, values) => client.query(sql, values),
      transaction: (work, isolation) => client.transaction(work, isolation),
      session: () => client.session(),
      listen: async () => async () => undefined,
      close: () => client.close(),
    };
    const reading = await Reading.open(deaf);
    await write(client, "one", 1);
    await steps.step();
    await reading.seen("1");
    await write(client, "one", 2);
    await steps.step();
    await reading.seen("1", "2");
  });

  it("passes nothing on while it is paused, then reports a gap and continues from the end", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    reading.reader.pause();
    await write(client, "one", "meanwhile");
    await steps.step();
    reading.reader.resume();
    await reading.seen("gap");
    await write(client, "one", "after");
    await steps.step();
    await reading.seen("gap", '"after"');
  });

  it("reports a gap where the numbers may have gone back", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    await client.query("update realtime.relay_state set last_seq = 7, timeline = 'another'");
    await steps.take();
    await reading.seen("gap");
    await write(client, "one", 1);
    await steps.step();
    await reading.seen("gap", "1");
  });

  it("reports a gap instead of passing on more than a node can want", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    await client.query("update realtime.relay_state set last_seq = last_seq + 20000");
    await reading.seen("gap");
    await write(client, "one", 1);
    await steps.step();
    await reading.seen("gap", "1");
  });

  it("reports a gap where numbered messages are deleted, or were logged too long ago to be read", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    await client.query("update realtime.relay_state set last_seq = last_seq + 1"); // its message is nowhere
    await reading.seen("gap");
    await write(client, "one", 1);
    await steps.step();
    await reading.seen("gap", "1");
    await client.transaction(async (transaction) => {
      await transaction.query("update realtime.relay_state set last_seq = last_seq + 1");
      await transaction.query(
        `insert into realtime.messages (channel_name, event_name, payload, logged_at, seq)
          select 'one', 'e', '2', now() - interval '2 days', last_seq from realtime.relay_state`,
      );
    });
    await reading.seen("gap", "1", "gap");
  });

  it("reports a message that the node fails to take as a gap of its channel", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    reading.onEnvelope = ({ json }) => {
      if (json === "1") throw new Error("no");
      reading.events.push(json ?? "");
    };
    await write(client, "one", 1);
    await write(client, "two", 2);
    await steps.step();
    await reading.seen("one", "2");
    expect(reading.observer.of("failed")).toMatchObject([{ where: "log", channel: "one" }]);
  });

  it("reports a database that is away once, and loses nothing", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const reading = await Reading.open(client);
    await client.query("alter table realtime.relay_state rename to away");
    await reading.observer.seen("failed");
    await client.query("alter table realtime.away rename to relay_state");
    await write(client, "one", 1);
    await steps.step();
    await reading.seen("1");
    expect(reading.observer.of("failed")).toHaveLength(1);
  });
});
