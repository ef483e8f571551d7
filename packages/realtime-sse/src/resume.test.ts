import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faces, SseFixture } from "./testing/sse-fixture.js";
import type { TestStream } from "./testing/test-stream.js";

const cookie = "session=mia";

describe.each(faces)("a browser's own way back, by the face of %s", (face) => {
  it("brings the whole gap, in order, of every channel that its id names", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await join(fixture, "logs.1", "logs.2", "lobby");
    await fixture.broadcast("1", "a", "b");
    await fixture.broadcast("2", "x");
    await caughtUp(mia);
    mia.cut();
    await fixture.observer.seen("disconnected");
    await fixture.broadcast("1", "c", "d");
    const back = await comeBack(fixture, mia);
    expect([await back.next("reply"), await back.next("reply")]).toMatchObject([
      { ok: true, result: { channel: "logs.1", recovered: true, messages: [{ payload: "c" }, { payload: "d" }] } },
      { ok: true, result: { channel: "logs.2", recovered: true } },
    ]);
    await fixture.broadcast("1", "e");
    expect(await back.next("message")).toMatchObject({ payload: "e", position: { offset: 5 } });
  });

  it("replies recovered: false, and brings nothing, where the gap is not whole any more", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await join(fixture, "logs.1");
    await fixture.broadcast("1", "a");
    await caughtUp(mia);
    mia.cut();
    await fixture.broadcast("1", 1, 2, 3, 4, 5, 6);
    const { result } = (await (await comeBack(fixture, mia)).next("reply")) as { readonly result?: unknown };
    expect(result).toMatchObject({ channel: "logs.1", recovered: false, position: { offset: 7 } });
    expect(result).not.toHaveProperty("messages");
  });

  it("passes gate 2 again: a client that has signed out gets nothing back", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await join(fixture, "logs.1");
    await fixture.broadcast("1", "a");
    await caughtUp(mia);
    mia.cut();
    await fixture.broadcast("1", "secret");
    const back = await fixture.stream({ "last-event-id": mia.reader.lastEventId });
    expect(await back.next("left")).toMatchObject({ channel: "logs.1", error: { code: "UNAUTHORIZED" } });
    await fixture.broadcast("1", "secret");
    await back.request({ type: "subscribe", channel: "lobby" });
    expect(back.chunks.join("")).not.toContain("secret");
  });

  it("passes gate 1 again: with a cookie that is no good there is no stream", async () => {
    const fixture = await SseFixture.open({ face });
    const back = await fixture.stream({ cookie: "session=gone", "last-event-id": "logs.1=e=1" });
    expect(await back.next("close")).toMatchObject({ closeCode: 4501 });
    await back.ended;
    expect(back.frames).toHaveLength(1);
    expect(back.reader.retry).toBe(3_600_000); // a page that does not close its EventSource comes back in an hour
  });

  it("does not bring back a channel that was left", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await join(fixture, "logs.1", "logs.2");
    await mia.request({ type: "unsubscribe", channel: "logs.1" });
    expect(mia.reader.lastEventId).toMatch(/^logs\.2=[^;]+$/);
    await mia.request({ type: "unsubscribe", channel: "logs.2" });
    await mia.request({ type: "subscribe", channel: "lobby" });
    expect(mia.reader.lastEventId).toBe("");
  });

  it("ignores an id that is not its own, with a code", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream({ cookie, "last-event-id": "42" });
    expect((await mia.next("connected")).userId).toBe("mia");
    expect(await mia.next("error")).toMatchObject({ error: { code: "FRAME_INVALID" } });
    expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
    expect(fixture.observer.of("subscribed")).toHaveLength(1);
  });

  it("replies to each of sixty-four channels, of which it has only some, and continues", async () => {
    const fixture = await SseFixture.open({ face });
    const id = Array.from({ length: 64 }, (_, n) => `nowhere.${n}=e=1`).join(";");
    const mia = await fixture.stream({ cookie, "last-event-id": id });
    await mia.next("connected");
    for (let n = 0; n < 64; n += 1)
      expect(await mia.next("left")).toMatchObject({ channel: `nowhere.${n}`, error: { code: "CHANNEL_UNKNOWN" } });
    expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
  });
});

it("survives any Last-Event-ID at all", async () => {
  const fixture = await SseFixture.open();
  const printable = fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/);
  await fc.assert(
    fc.asyncProperty(fc.oneof(printable, fc.stringMatching(/^logs\.1=[a-z]{1,3}=[0-9.e]{1,5}$/)), async (id) => {
      const mia = await fixture.stream({ cookie, "last-event-id": id });
      expect(await mia.request({ type: "subscribe", channel: "logs.1" })).toMatchObject({ ok: true });
      mia.cut();
    }),
    { numRuns: 50 },
  );
});

async function join(fixture: SseFixture, ...channels: readonly string[]): Promise<TestStream> {
  const mia = await fixture.stream({ cookie });
  await mia.next("connected");
  for (const channel of channels) await mia.request({ type: "subscribe", channel });
  return mia;
}

/** All that was sent has arrived, the id with it. */
async function caughtUp(stream: TestStream): Promise<void> {
  await stream.request({ type: "unsubscribe", channel: "nowhere" });
}

/** As an EventSource does it. */
async function comeBack(fixture: SseFixture, { reader }: TestStream): Promise<TestStream> {
  const back = await fixture.stream({ cookie, "last-event-id": reader.lastEventId });
  await back.next("connected");
  return back;
}
