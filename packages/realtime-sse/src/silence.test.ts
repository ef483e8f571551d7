import { expect, it } from "vitest";
import { lobby } from "./testing/channels.js";
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

async function enter(): Promise<{ readonly stand: Stand; readonly mia: TestStream }> {
  const stand = await Stand.open();
  const mia = await stand.stream();
  await mia.ask({ type: "unsubscribe", channel: "nowhere" });
  return { stand, mia };
}

function beat(stand: Stand, ms: number): void {
  stand.clock.advance(ms);
}
