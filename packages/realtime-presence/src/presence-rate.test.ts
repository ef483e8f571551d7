import { InProcessBroker, type IRealtimeBroker, type RealtimeCommand } from "@repo/core-realtime";
import type { HarnessClient } from "@repo/core-testing";
import { expect, it } from "vitest";
import { hall, hallPresence, onBoard, presenceUnderTest, seen, TICK_MS, user } from "./presence-under-test.js";

it("publishes nothing of a member that joins and leaves within a tick, nor of one that leaves and joins", async () => {
  const { arrive, enter, tick, presence } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await enter("mia");
  await mia.client.unsubscribe(onBoard);
  const closed = await enter("mia");
  closed.client.close();
  await tick();
  const [before] = await presence.list(seen);
  await sam.client.unsubscribe(seen);
  await sam.client.unsubscribe(onBoard);
  await sam.client.subscribe(onBoard);
  await sam.client.subscribe(seen);
  await tick();
  expect(await sam.events()).toEqual(["presence:join sam 1"]);
  expect(await presence.list(seen)).toMatchObject([{ userId: "sam", joinedAt: before?.joinedAt }]);
});

it("publishes the last of many updates within a tick", async () => {
  const { arrive, enter, tick } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await enter("mia");
  const send = (looksAt: string) => mia.client.send(seen, "presence:heartbeat", { meta: { looksAt } });
  for (let n = 1; n <= 5; n += 1) await send(`card ${n}`);
  await tick();
  for (let n = 6; n <= 9; n += 1) await send(`card ${n}`);
  await tick();
  expect((await sam.events()).slice(1)).toEqual(["presence:join mia 1", 'presence:update mia {"looksAt":"card 9"}']);
});

it("bounds what four clients that join and leave without end cause, and refuses them with RATE_LIMITED", async () => {
  const { client, clock, observed } = await presenceUnderTest();
  const watchers: HarnessClient[] = [];
  for (let n = 0; n < 20; n += 1) {
    const watcher = await client();
    await watcher.subscribe(hall);
    await watcher.subscribe(hallPresence);
    watchers.push(watcher);
  }
  await clock.advanceAsync(TICK_MS);
  for (const watcher of watchers) await watcher.roundTrip();
  const received = () => watchers.reduce((sum, watcher) => sum + watcher.received(hallPresence).length, 0);
  const before = received();
  const flooders = await Promise.all([client(), client(), client(), client()]);
  let [sent, refused] = [0, 0];
  for (let ms = 0; ms < 2_000; ms += 22) {
    for (const flooder of flooders) {
      sent += 2;
      await flooder.subscribe(hall).catch(() => (refused += 1));
      await flooder.unsubscribe(hall);
    }
    await clock.advanceAsync(22); // 45 joins and 45 leaves in a second
  }
  for (const watcher of watchers) await watcher.roundTrip();
  expect(received() - before).toBeLessThan(sent); // 20 watchers received 20 times as much before
  expect(refused).toBeGreaterThan(sent / 4);
  const { error } = observed.of("refused")[0] ?? {};
  expect(error).toMatchObject({ code: "RATE_LIMITED", detail: "joined too often: hall" });
  expect(error?.retryAfterMs).toBeGreaterThan(0);
  expect(error?.retryAfterMs).toBeLessThanOrEqual(1_000);
});

it("closes a connection that continues to join though it was refused", async () => {
  const { client, clock } = await presenceUnderTest({ joinRate: { burst: 2 } });
  const flooder = await client();
  const ended = flooder.ended();
  for (let ms = 0; ms < 5_000; ms += 250) {
    void flooder.subscribe(hall).catch(() => undefined);
    void flooder.unsubscribe(hall).catch(() => undefined);
    await clock.advanceAsync(250);
  }
  expect(await ended).toMatchObject({ code: 4530 });
});

it("counts no renewed subscription as a join, and lets a connection join again after its wait", async () => {
  const { client, clock } = await presenceUnderTest({ joinRate: { burst: 1, perSecond: 0.5 } });
  const mia = await client("mia");
  for (let n = 0; n < 10; n += 1) await mia.subscribe(onBoard);
  await mia.unsubscribe(onBoard);
  await expect(mia.subscribe(onBoard)).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 2_000 });
  await clock.advanceAsync(2_000);
  await expect(mia.subscribe(onBoard)).resolves.toBeDefined();
});

/** A broker that counts what all nodes have to carry out. */
function countingBroker() {
  const commands: RealtimeCommand[] = [];
  const inner = new InProcessBroker();
  const broker: IRealtimeBroker = {
    join(nodeId, node) {
      const membership = inner.join(nodeId, node);
      return { ...membership, command: (command) => (commands.push(command), membership.command(command)) };
    },
    close: () => inner.close(),
  };
  return { broker, commands };
}

it("sends the cluster no command when a member leaves, closes, loses its right or is expelled", async () => {
  const { broker, commands } = countingBroker();
  const { arrive, realtime, tick, client } = await presenceUnderTest({}, broker);
  const [sam, mia, tom, pia] = [
    await arrive("sam"),
    await arrive("mia"),
    await arrive(user("tom")),
    await arrive(user("pia")),
  ];
  const alone = await client("sam");
  await alone.subscribe(onBoard);
  await alone.unsubscribe(onBoard);
  await sam.client.unsubscribe(seen);
  await sam.client.unsubscribe(onBoard);
  await mia.client.unsubscribe(onBoard);
  expect(await mia.client.next("left")).toMatchObject({ channel: seen.name, error: { code: "REVOKED" } });
  tom.client.close();
  await realtime.expel({ userId: "pia" });
  await pia.client.ended();
  await tick();
  expect(commands.map(({ kind }) => kind)).toEqual(["expel"]);
});
