import { expect, it } from "vitest";
import { SseFixture } from "./testing/sse-fixture.js";
import { relayTo } from "./testing/tcp-relay.js";

it("streams through a proxy that buffers nothing and cuts at every byte", async () => {
  const fixture = await SseFixture.open();
  const relay = await relayTo(fixture.url);
  const mia = await fixture.stream({ cookie: "session=mia" }, relay.url);
  expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
  await fixture.broadcast("1", "🜂 a", "line\nbreak");
  expect(await mia.next("message")).toMatchObject({ payload: "🜂 a" });
  expect(await mia.next("message")).toMatchObject({ payload: "line\nbreak" });
});

it("loses nothing when the proxy dies in the middle: a browser comes back by itself", async () => {
  const fixture = await SseFixture.open();
  const relay = await relayTo(fixture.url);
  const mia = await fixture.stream({ cookie: "session=mia" }, relay.url);
  await mia.request({ type: "subscribe", channel: "logs.1" });
  await fixture.broadcast("1", 1);
  await mia.request({ type: "unsubscribe", channel: "nowhere" });
  relay.cutAll();
  await mia.ended;
  await fixture.broadcast("1", 2, 3);
  const back = await fixture.stream({ cookie: "session=mia", "last-event-id": mia.reader.lastEventId });
  expect(await back.next("reply")).toMatchObject({
    result: { recovered: true, messages: [{ payload: 2 }, { payload: 3 }] },
  });
});

it("keeps a quiet connection open with a comment at least each 12.5 s", async () => {
  const fixture = await SseFixture.open();
  const mia = await fixture.stream();
  await mia.request({ type: "subscribe", channel: "lobby" });
  for (let beat = 1; beat <= 3; beat += 1) {
    fixture.clock.advance(12_500);
    await mia.request({ type: "unsubscribe", channel: "nowhere" });
    expect(mia.reader.comments).toBeGreaterThanOrEqual(beat);
    expect(mia.reader.comments).toBeLessThanOrEqual(beat + 1);
  }
});
