import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { paceOf, Silence } from "./silence.js";
import { lobby, state } from "./testing/channels.js";
import { SseFixture } from "./testing/sse-fixture.js";
import type { TestStream } from "./testing/test-stream.js";

const BOUND_MS = 33_000; // 25 s + 8 s

it.each([
  ["has pinged and stopped", [{ type: "ping" }]],
  ["subscribed and sent no more", [{ type: "subscribe", channel: "lobby" }]],
] as const)("closes a client within 33 s that %s, however much is sent to it", async (_, frames) => {
  const { fixture, mia } = await enter();
  await mia.request(...frames, { type: "unsubscribe", channel: "nowhere" });
  for (let second = 0; second < 30; second += 1) {
    await fixture.realtime.broadcaster.broadcast(lobby, second);
    fixture.clock.advance(1_000);
  }
  expect(fixture.observer.of("disconnected")).toEqual([]);
  fixture.clock.advance(3_000);
  expect(await mia.next("close")).toMatchObject({ closeCode: 4111, error: { code: "HEARTBEAT_LOST" } });
  expect((await fixture.observer.seen("disconnected")).reason).toBe("HEARTBEAT_LOST");
});

it("closes a client that has never posted, and one that reconnected by its Last-Event-ID alone", async () => {
  const fixture = await SseFixture.open({ limits: { firstFrameMs: 3_600_000 } });
  const arrivals: readonly Readonly<Record<string, string>>[] = [{}, { "last-event-id": "logs.1=e=1" }];
  for (const headers of arrivals) {
    const mia = await fixture.stream({ cookie: "session=mia", ...headers });
    await mia.next("connected");
    fixture.clock.advance(BOUND_MS);
    expect(await mia.next("close")).toMatchObject({ error: { code: "HEARTBEAT_LOST" } });
  }
});

it("keeps a client that posts every 25 s, for as long as it does", async () => {
  const { fixture, mia } = await enter();
  for (let minute = 0; minute < 5; minute += 1) {
    fixture.clock.advance(25_000);
    await mia.post(`[{"type":"ping"}]`);
    await mia.next("pong");
  }
  expect(fixture.observer.of("disconnected")).toEqual([]);
});

it("takes no drained buffer for a sign of life: a half-open connection takes bytes as well", async () => {
  const { fixture, mia } = await enter();
  await mia.request({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(fixture);
  fixture.clock.advance(30_000);
  mia.resume();
  await fixture.realtime.broadcaster.broadcast(state, "the last");
  while ((await mia.next("message")).payload !== "the last") continue; // by then it has taken all that waited
  await turn();
  fixture.clock.advance(3_000);
  expect((await fixture.observer.seen("disconnected")).reason).toBe("HEARTBEAT_LOST");
});

it("notices at once a connection whose socket fails", async () => {
  const { fixture, mia } = await enter();
  mia.cut();
  expect((await fixture.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("sends comments twice within the ping's time, and at least each 15 s", async () => {
  const fixture = await SseFixture.open({ limits: { pingMs: 10_000 } });
  const mia = await fixture.stream();
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  fixture.clock.advance(10_000);
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  expect(mia.reader.comments).toBe(2);
});

it("spreads the comments of those who connect at once over the time between two", async () => {
  const fixture = await SseFixture.open();
  const streams = await Promise.all(Array.from({ length: 12 }, () => fixture.stream()));
  const { lookMs, looksPerBeat } = paceOf(DEFAULT_LIMITS);
  let before = 0;
  for (let look = 1; look <= looksPerBeat; look += 1) {
    fixture.clock.advance(lookMs);
    for (const stream of streams) await stream.request({ type: "unsubscribe", channel: "nowhere" });
    const comments = streams.reduce((sum, { reader }) => sum + reader.comments, 0);
    expect(comments - before).toBe(streams.length / looksPerBeat);
    before = comments;
  }
});

it("sends no comment where bytes wait: they are a sign of life already", async () => {
  const { fixture, mia } = await enter();
  await mia.request({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(fixture);
  fixture.clock.advance(12_500);
  mia.resume();
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  expect(mia.reader.comments).toBe(0);
  fixture.clock.advance(12_500);
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  expect(mia.reader.comments).toBe(1);
});

it("closes within 33 s a reader that takes nothing, however little waits and whatever it posts", async () => {
  const { fixture, mia } = await enter();
  await mia.request({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(fixture);
  fixture.clock.advance(20_000);
  expect((await mia.post(`[{"type":"ping"}]`)).status).toBe(202);
  expect(fixture.observer.of("disconnected")).toEqual([]);
  fixture.clock.advance(13_000);
  expect(fixture.observer.of("disconnected")).toMatchObject([{ reason: "SLOW_CONSUMER" }]);
});

it("keeps a slow reader for as long as it takes some of what waits", () => {
  const pace = paceOf(DEFAULT_LIMITS);
  const silence = new Silence(pace);
  const looks = pace.silenceMs / pace.lookMs;
  for (let look = 1; look < 5 * looks; look += 1) {
    if (look % 10 === 0) silence.progressed();
    silence.break();
    expect(silence.look(true)).toBeUndefined();
  }
});

it("waits no longer than 2 s for a stalled reader to take the close frame", async () => {
  const { fixture, mia } = await enter();
  await mia.request({ type: "subscribe", channel: "state" });
  mia.pause();
  await fillUp(fixture);
  await fixture.realtime.expel({ userId: "mia" });
  expect(fixture.observer.of("disconnected")).toMatchObject([{ reason: "EXPELLED" }]);
  let isClosed = false;
  const closed = Promise.resolve(fixture.transport.close()).then(() => (isClosed = true));
  await turn();
  fixture.clock.advance(1_999);
  await turn();
  expect(isClosed).toBe(false);
  fixture.clock.advance(1);
  await closed;
});

/** More than a kernel holds for one socket; conflated, so that it is never too much for us. */
async function fillUp(fixture: SseFixture): Promise<void> {
  for (let n = 0; n < 75; n += 1) {
    await fixture.realtime.broadcaster.broadcast(state, "x".repeat(200_000));
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function enter(): Promise<{ readonly fixture: SseFixture; readonly mia: TestStream }> {
  const fixture = await SseFixture.open();
  const mia = await fixture.stream();
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  return { fixture, mia };
}
