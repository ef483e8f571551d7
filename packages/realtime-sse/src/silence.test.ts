import { expect, it } from "vitest";
import { lobby, state } from "./testing/channels.js";
import { Stand } from "./testing/stand.js";
import type { TestStream } from "./testing/test-stream.js";

const BOUND_MS = 105_000; // 25 s + 8 s + a hidden tab's minute, by beats of 15 s

it("gives up a client whose pings have stopped", async () => {
  const { stand, mia } = await enter();
  await mia.post(`[{"type":"ping"}]`);
  await mia.next("pong");
  beat(stand, BOUND_MS + 15_000);
  expect(await mia.next("close")).toMatchObject({ closeCode: 4111, error: { code: "HEARTBEAT_LOST" } });
  expect((await stand.observer.seen("disconnected")).reason).toBe("HEARTBEAT_LOST");
});

it("keeps one that pings on, and one that is spoken to: it hears no silence to break", async () => {
  const { stand, mia } = await enter();
  const listener = await stand.stream({});
  await listener.ask({ type: "subscribe", channel: "lobby" });
  await listener.post(`[{"type":"ping"}]`);
  for (let minute = 0; minute < 5; minute += 1) {
    beat(stand, 60_000);
    await mia.post(`[{"type":"ping"}]`);
    await mia.next("pong");
    await stand.realtime.broadcaster.broadcast(lobby, minute);
    await listener.next("message");
  }
  expect(stand.observer.of("disconnected")).toEqual([]);
});

it("cannot know of one that never pinged: only its socket tells", async () => {
  const { stand, mia } = await enter();
  beat(stand, 3_600_000);
  expect(await mia.ask({ type: "unsubscribe", channel: "nowhere" })).toMatchObject({ ok: true });
  mia.cut();
  expect((await stand.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("beats as often as the limits ask, where that is more than each 15 s", async () => {
  const stand = await Stand.open({ limits: { pingMs: 10_000 } });
  const mia = await stand.stream();
  await mia.ask({ type: "unsubscribe", channel: "nowhere" });
  stand.clock.advance(10_000);
  await mia.ask({ type: "unsubscribe", channel: "nowhere" });
  expect(mia.reader.comments).toBe(1);
});

it("lets go of a reader that takes nothing for 33 s, however little waits", async () => {
  const { stand, mia } = await enter();
  await mia.ask({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(stand);
  stand.clock.advance(33_000);
  expect(stand.observer.of("disconnected")).toEqual([]);
  stand.clock.advance(15_000); // it is looked for at each beat
  expect(stand.observer.of("disconnected")).toMatchObject([{ reason: "SLOW_CONSUMER" }]);
});

it("waits no longer than 2 s for a stalled reader to take the farewell", async () => {
  const { stand, mia } = await enter();
  await mia.ask({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(stand);
  await stand.realtime.expel({ userId: "mia" });
  expect(stand.observer.of("disconnected")).toMatchObject([{ reason: "EXPELLED" }]);
  let isClosed = false;
  const closed = Promise.resolve(stand.transport.close()).then(() => (isClosed = true));
  await turn();
  stand.clock.advance(1_999);
  await turn();
  expect(isClosed).toBe(false);
  stand.clock.advance(1);
  await closed;
});

/** More than a kernel holds for one socket; conflated, so that it is never too much for us. */
async function fillUp(stand: Stand): Promise<void> {
  for (let n = 0; n < 75; n += 1) {
    await stand.realtime.broadcaster.broadcast(state, "x".repeat(200_000));
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function enter(): Promise<{ readonly stand: Stand; readonly mia: TestStream }> {
  const stand = await Stand.open();
  const mia = await stand.stream();
  await mia.ask({ type: "unsubscribe", channel: "nowhere" });
  return { stand, mia };
}

function beat(stand: Stand, ms: number): void {
  stand.clock.advance(ms);
}
