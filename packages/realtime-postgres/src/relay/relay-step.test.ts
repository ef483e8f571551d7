import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";
import { PAGE } from "./relay-step.js";
import { RelaySteps, write } from "../testing/relay-steps.js";

onEachDatabase((_name, open) => {
  it("numbers each channel for itself, in the order of the rows", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await client.transaction(async (tx) => {
      await write(tx, "one", 1);
      await write(tx, "two", 2);
      await write(tx, "one", 3);
    });
    expect(await steps.step()).toBe(3);
    await write(client, "one", 4);
    expect(await steps.step()).toBe(1);
    expect(await steps.step()).toBe(0);
    expect(await steps.log()).toEqual(["one a 1 1", "two a 1 2", "one a 2 3", "one a 3 4"]);
  });

  it("numbers more than a page in pages", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await client.query(
      "insert into realtime.outbox (channel_name, event_name, payload) select 'one', 'message', to_json(n) from generate_series(1, $1::integer) n",
      [PAGE + 5],
    );
    expect(await steps.step()).toBe(PAGE);
    await write(client, "one", "after"); // behind the page that is left
    expect(await steps.step()).toBe(5);
    expect(await steps.step()).toBe(1);
    const log = await steps.log();
    expect(log).toHaveLength(PAGE + 6);
    expect(log.slice(-2)).toEqual([`one a ${PAGE + 5} ${PAGE + 5}`, `one a ${PAGE + 6} "after"`]);
  });

  it("numbers nothing of a transaction that was rolled back, and leaves no hole", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "one", 1);
    await client
      .transaction(async (tx) => {
        await write(tx, "one", 2);
        throw new Error("no");
      })
      .catch(() => undefined);
    await write(client, "one", 3);
    await steps.step();
    expect(await steps.log()).toEqual(["one a 1 1", "one a 2 3"]);
  });

  it("holds what SQL publishes to the schema of a channel that is declared in code", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "price:1", { cents: 5 });
    await write(client, "price:1", { cents: "five" });
    await write(client, "price:1", { cents: 7, currency: "USD" });
    expect(await steps.step()).toBe(3);
    expect(await steps.log()).toEqual([
      'price:1 a 1 {"cents": 5, "currency": "EUR"}',
      'price:1 a 2 {"cents": 7, "currency": "USD"}',
    ]);
    expect(await client.query("select channel_name, payload, reason from realtime.refused")).toEqual([
      {
        channel_name: "price:1",
        payload: { cents: "five" },
        reason: expect.stringContaining("The broadcast does not fit its channel. (price:1: cents"),
      },
    ]);
    expect(steps.observer.of("refused")).toMatchObject([
      { channel: "price:1", error: { code: "BROADCAST_INVALID" }, connection: undefined },
    ]);
  });

  it("gives no position on a channel without history", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "cursor", { x: 1 });
    await steps.step();
    expect(await steps.log()).toEqual(['cursor - null {"x": 1}']);
  });

  it("keeps what jsonb cannot hold as it was written", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const texts = [String.raw`"\u0000"`, String.raw`"\ud800"`, "1e200000", "null"];
    for (const text of texts)
      await client.query("insert into realtime.outbox (channel_name, event_name, payload) values ('one', 'e', $1)", [
        text,
      ]);
    await steps.step();
    expect((await steps.log()).map((line) => line.slice("one a 1 ".length))).toEqual(texts);
  });

  it("continues to count in the same epoch when another relay has taken over", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take("first");
    await write(client, "one", 1);
    await steps.step();
    await write(client, "one", 2);
    const others = await new RelaySteps(client).take("second");
    expect(await steps.step()).toBeUndefined();
    expect(await others.step()).toBe(1);
    expect(await others.log()).toEqual(["one a 1 1", "one a 2 2"]);
  });

  it.each([
    ["another server", "system_identifier"],
    ["another database, such as a restored dump", "relation"],
    ["another timeline", "timeline"],
  ])("begins every channel anew on %s, and loses and repeats nothing", async (_what, column) => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "one", 1);
    await steps.step();
    await write(client, "one", 2);
    await client.query(`update realtime.relay_state set ${column} = 'another'`);
    await steps.take();
    await write(client, "one", 3);
    expect(await steps.step()).toBe(2);
    expect(await steps.log()).toEqual(["one a 1 1", "one b 1 2", "one b 2 3"]);
    await steps.take();
    expect(await steps.step()).toBe(0);
  });

  it("begins a channel anew whose position was forgotten, and no other", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    for (const channel of ["kept", "gone"]) await write(client, channel, 1);
    await steps.step();
    await client.query("delete from realtime.positions where channel_name = 'gone'");
    for (const channel of ["kept", "gone"]) await write(client, channel, 2);
    await steps.step();
    expect(await steps.log()).toEqual(["kept a 1 1", "gone a 1 1", "kept a 2 2", "gone b 1 2"]);
  });

  it("numbers a row that a user inserted into the log, and skips one that is gone", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    for (const payload of ["kept", "gone"])
      await client.query("insert into realtime.messages (event_name, channel_name, payload) values ('e', 'one', $1)", [
        JSON.stringify(payload),
      ]);
    await write(client, "one", "after");
    await client.query(`delete from realtime.messages where payload = '"gone"'`);
    await steps.step();
    expect(await steps.log()).toEqual(['one a 1 "kept"', 'one a 2 "after"']);
  });

  it("deletes what is numbered from the outbox, and nothing else", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    await write(client, "one", 1);
    await steps.step();
    await write(client, "one", 2);
    await client.query("select realtime.relay_clean(term, 100) from realtime.relay_state");
    expect(await client.query("select payload from realtime.outbox")).toEqual([{ payload: 2 }]);
    await steps.step();
    expect(await steps.log()).toEqual(["one a 1 1", "one a 2 2"]);
  });
});
