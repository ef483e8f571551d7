import { describe, expect, it } from "vitest";
import { log } from "../contract-channels";
import { HeldHistory } from "./held-history";
import { lastPosition, messagesOf, okay, positionOf } from "./recovered";
import { TransportFixture } from "./transport-fixture";
import { numbered, textOf, textsOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.logs.1";

/** Recovery: the whole gap in order, or `recovered: false` and nothing. */
export function historyCases(make: MakeTransport): void {
  describe("recovers from a channel's history", () => {
    it("sends the channel's position, and counts up by one from there", async () => {
      const fixture = await TransportFixture.open(make);
      await publish(fixture, ["early"]);
      const mia = await fixture.enter("mia");
      const { epoch, offset } = positionOf(await mia.request({ type: "subscribe", channel: CHANNEL }));
      expect(offset).toBe(1);
      await Promise.all(numbered(50).map((text) => publish(fixture, [text])));
      await mia.roundTrip();
      expect(mia.envelopes(CHANNEL).map(({ position }) => position)).toEqual(
        numbered(50).map((n) => ({ epoch, offset: Number(n) + 2 })),
      );
    });

    it("brings the whole gap, in order, as it was sent live, over a new connection", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      await publish(fixture, ["seen"]);
      const since = lastPosition([await mia.nextEnvelope(CHANNEL)]);
      mia.link.abort();
      await fixture.observer.seen("disconnected");
      await publish(fixture, numbered(300));
      const back = await fixture.enter("mia");
      const { result } = okay(await back.request({ type: "subscribe", channel: CHANNEL, since }));
      expect(result).toMatchObject({ recovered: true, position: { epoch: since.epoch, offset: 301 } });
      await pia.roundTrip();
      const live = pia.envelopes(CHANNEL).slice(1);
      expect(messagesOf(result)).toEqual(live);
      await publish(fixture, ["live again"]);
      expect((await back.nextEnvelope(CHANNEL)).position).toEqual({ epoch: since.epoch, offset: 302 });
    });

    it("recovers with nothing to bring where nothing was missed", async () => {
      const fixture = await TransportFixture.open(make);
      await publish(fixture, numbered(3));
      const mia = await fixture.enter("mia");
      const since = positionOf(await mia.request({ type: "subscribe", channel: CHANNEL }));
      const { result } = okay(await mia.request({ type: "subscribe", channel: CHANNEL, since }));
      expect(result).toEqual({ channel: CHANNEL, number: expect.any(Number), position: since, recovered: true });
    });

    it.each([
      ["over 300 messages", 301, {}],
      ["a foreign epoch", 3, { epoch: "another" }],
      ["a position that is still to come", 3, { offset: 1_000 }],
    ])("replies recovered: false without messages to %s", async (_name, count, forged) => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const start = positionOf(await mia.request({ type: "subscribe", channel: CHANNEL }));
      await publish(fixture, numbered(count));
      const reply = await mia.request({ type: "subscribe", channel: CHANNEL, since: { ...start, ...forged } });
      expect(okay(reply).result).toEqual({
        channel: CHANNEL,
        number: expect.any(Number),
        recovered: false,
        position: { ...start, offset: count },
      });
      await publish(fixture, ["live"]);
      await mia.roundTrip();
      expect(textsOf(mia, CHANNEL).at(-1)).toBe("live");
    });

    it("replies recovered: false without messages to what has expired", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const since = positionOf(await mia.request({ type: "subscribe", channel: CHANNEL }));
      await publish(fixture, ["old"]);
      fixture.clock.advance(30_000);
      await publish(fixture, ["young"]);
      fixture.clock.advance(30_000);
      const { result } = okay(await mia.request({ type: "subscribe", channel: CHANNEL, since }));
      expect(result).toMatchObject({ recovered: false, position: { offset: 2 } });
      expect(messagesOf(result)).toEqual([]);
    });

    it("sends the last n to a new subscriber that requests them, or the latest alone", async () => {
      const fixture = await TransportFixture.open(make);
      await publish(fixture, numbered(5));
      const mia = await fixture.enter("mia");
      const subscribed = async (more: object) =>
        messagesOf(okay(await mia.request({ type: "subscribe", channel: CHANNEL, ...more })).result);
      const texts = async (more: object) => (await subscribed(more)).map(({ payload }) => textOf(payload));
      expect(await texts({ rewind: 2 })).toEqual(["3", "4"]);
      expect(await texts({ rewind: 100 })).toEqual(numbered(5));
      const [latest] = await subscribed({ latest: true });
      expect(latest).toMatchObject({ payload: { text: "4" }, position: { offset: 5 } });
      expect(await texts({ latest: true, since: latest?.position })).toEqual([]);
    });

    it("checks gate 2 on recovery too: a position grants nothing", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const since = positionOf(await mia.request({ type: "subscribe", channel: CHANNEL }));
      await publish(fixture, ["for members"]);
      const visitor = await fixture.enter();
      const reply = await visitor.request({ type: "subscribe", channel: CHANNEL, since });
      expect(reply).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
      expect(JSON.stringify(visitor.frames)).not.toContain("for members");
    });

    it("replies recovered: false where a channel keeps no history, and subscribes all the same", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const since = { epoch: "once", offset: 1 };
      const reply = await mia.request({ type: "subscribe", channel: "contract.rooms.1", since });
      expect(okay(reply).result).toMatchObject({ channel: "contract.rooms.1", recovered: false });
      await fixture.broadcast("1", "live");
      await mia.nextEnvelope("contract.rooms.1");
    });

    it("delivers a repeated idempotency key once, and shows the repeat in the receipt", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", CHANNEL);
      const post = async () =>
        fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), { text: "once" }, { idempotencyKey: "k" });
      const [first, second] = [await post(), await post()];
      expect(second).toEqual({ ...first, repeated: true });
      await mia.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(["once"]);
    });

    it("keeps what was published, not what its publisher changed afterwards", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const published = { text: "as it was published" };
      await fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), published);
      published.text = "as it was changed";
      const { result } = okay(await mia.request({ type: "subscribe", channel: CHANNEL, rewind: 1 }));
      expect(messagesOf(result)).toMatchObject([{ payload: { text: "as it was published" } }]);
    });

    it("leaves no gap between what a new subscriber recovers and what it receives, while others go on publishing", async () => {
      const history = new HeldHistory();
      const fixture = await TransportFixture.open(make, { history });
      const early = await fixture.join("pia", CHANNEL);
      await publish(fixture, ["0"]);
      const since = lastPosition([await early.nextEnvelope(CHANNEL)]);
      const mia = await fixture.enter("mia");
      const read = history.hold();
      const reply = mia.request({ type: "subscribe", channel: CHANNEL, since });
      await read.reached;
      await publish(fixture, numbered(20));
      read.release();
      const { result } = okay(await reply);
      await publish(fixture, numbered(20));
      await mia.roundTrip();
      const offsets = [...messagesOf(result), ...mia.envelopes(CHANNEL)].map(({ position }) => position?.offset ?? 0);
      const received = [...new Set(offsets)].toSorted((a, b) => a - b); // a client drops a double by its position
      expect(received).toEqual(numbered(40).map((n) => Number(n) + 2));
    });
  });
}

async function publish(fixture: TransportFixture, texts: readonly string[]): Promise<void> {
  for (const text of texts) await fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), { text });
}
