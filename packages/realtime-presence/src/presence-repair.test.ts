import { FakeClock, Hold } from "@repo/core-testing";
import { expect, it } from "vitest";
import { InMemoryPresenceStore, type IPresenceStore } from "./index.js";
import { LosingBroker } from "./losing-broker.js";
import { onBoard, presenceUnderTest, seen, user, withList } from "./presence-under-test.js";

const GRACE_MS = 2_000;
const REPAIR_MS = 500;

/** Two nodes with one store; sam is on the second one and watches. */
async function twoNodes(store: IPresenceStore = new InMemoryPresenceStore()) {
  const broker = new LosingBroker();
  const near = await presenceUnderTest({ store, graceMs: GRACE_MS }, broker);
  const far = await presenceUnderTest({ store, graceMs: GRACE_MS }, broker);
  const sam = await far.arrive("sam");
  const lists = async () => {
    await sam.client.roundTrip();
    return sam.client
      .received(seen)
      .flatMap(({ event, payload }) =>
        event === "presence:sync" ? [payload.members.map(({ userId }) => userId).join(" ")] : [],
      );
  };
  /** Time of both nodes. */
  const advance = async (ms: number) => {
    await near.clock.advanceAsync(ms);
    await far.clock.advanceAsync(ms);
  };
  return { broker, near, far, sam, lists, advance };
}

it("sends the list anew where a leave was lost between two nodes", async () => {
  const { broker, near, lists, advance } = await twoNodes();
  const mia = await near.arrive("mia");
  await broker.lose(1, async () => {
    mia.client.close();
    await near.clock.advanceAsync(GRACE_MS + REPAIR_MS);
  });
  expect(await lists()).toEqual([]);
  broker.report(1);
  await advance(REPAIR_MS);
  expect(await lists()).toEqual(["sam"]);
});

it("sends one list for all losses of half a second, and none to clients that do not watch", async () => {
  const { broker, far, lists, advance } = await twoNodes();
  const tom = await far.client(user("tom"));
  await tom.subscribe(onBoard);
  for (let n = 0; n < 5; n += 1) broker.report(1);
  await advance(REPAIR_MS);
  expect(await lists()).toEqual(["sam tom"]);
  await tom.roundTrip();
  expect(tom.received(seen)).toEqual([]);
});

it("does not undo a change that was delivered while the list was read", async () => {
  const [inner, answer] = [new InMemoryPresenceStore(), new Hold()];
  const reading = { isSlow: false };
  const store = withList(inner, async (...query) => {
    const page = inner.list(...query);
    if (reading.isSlow) await answer.pass();
    return page;
  });
  const { broker, near, lists, sam, advance } = await twoNodes(store);
  const mia = await near.arrive("mia");
  reading.isSlow = true;
  broker.report(1);
  await advance(REPAIR_MS);
  await answer.reached; // mia is on that list
  reading.isSlow = false;
  await mia.client.unsubscribe(onBoard);
  await near.tick();
  await near.arrive(user("tom"));
  answer.release();
  await expect.poll(lists).toEqual(["sam tom"]);
  expect((await sam.events()).slice(-3, -1)).toEqual(["presence:leave mia 0", "presence:join tom 1"]);
});

it("leaves no timer behind after the undo of its binding", async () => {
  const [broker, clock] = [new LosingBroker(), new FakeClock()];
  const { enter, leave } = await presenceUnderTest({ clock }, broker);
  await enter("sam");
  broker.report(0);
  await leave();
  broker.report(0);
  expect(clock.waiting).toBe(0);
});

it("continues where the store does not return a list", async () => {
  const inner = new InMemoryPresenceStore();
  const reading = { isStuck: false };
  const store = withList(inner, (...query) =>
    reading.isStuck ? new Promise<never>(() => undefined) : inner.list(...query),
  );
  const { broker, far, lists, advance } = await twoNodes(store);
  reading.isStuck = true;
  broker.report(1);
  await advance(REPAIR_MS);
  await advance(10_000);
  expect(far.errors).toMatchObject([{ message: expect.stringContaining("has not done list") }]);
  reading.isStuck = false;
  broker.report(1);
  await advance(REPAIR_MS);
  expect(await lists()).toEqual(["sam"]);
});

it("takes the members of an isolated node off the list of the others as soon as they find it silent", async () => {
  const { broker, near, lists, advance, far } = await twoNodes();
  await near.arrive("mia");
  await near.arrive(user("tom"));
  broker.isolate(0);
  await near.tick();
  broker.report(1); // the other node has received nothing of it for a while
  await advance(REPAIR_MS);
  expect(await lists()).toEqual(["sam"]);
  broker.rejoin(0);
  await near.arrive("mia");
  expect((await far.presence.list(seen)).map(({ userId }) => userId)).toEqual(["sam", "mia"]);
});
