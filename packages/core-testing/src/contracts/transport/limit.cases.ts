import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { joinUnaffectedClient, expectAllServed, expectServed } from "./unaffected-client";
import { TransportFixture } from "./transport-fixture";
import { numbered } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const DAY_MS = 86_400_000;

/** The limits that protect: each refuses with a code, and each recovers. */
export function limitCases(make: MakeTransport): void {
  describe("holds its limits", () => {
    it("refuses the 41st message of a burst with RATE_LIMITED, and accepts one again after retryAfterMs", async () => {
      const fixture = await TransportFixture.open(make, { onMessage: () => undefined });
      const unaffected = await joinUnaffectedClient(fixture);
      const mia = await fixture.join("mia", CHANNEL);
      const post = async (text: string) => mia.request({ type: "message", channel: CHANNEL, payload: { text } });
      expect((await Promise.all(numbered(40).map(post))).every(({ ok }) => ok)).toBe(true);
      const refused = await post("one too many");
      expect(refused).toMatchObject({ ok: false, error: { code: "RATE_LIMITED", retry: "later", retryAfterMs: 50 } });
      fixture.clock.advance(50);
      expect(await post("again")).toMatchObject({ ok: true });
      await expectServed(fixture, unaffected);
    });

    it("counts by a clock that cannot be set: neither tomorrow nor yesterday changes what is left", async () => {
      const fixture = await TransportFixture.open(make, { onMessage: () => undefined });
      const mia = await fixture.join("mia", CHANNEL);
      const post = async (text: string) => mia.request({ type: "message", channel: CHANNEL, payload: { text } });
      await Promise.all(numbered(40).map(post));
      for (const jumpMs of [DAY_MS, -2 * DAY_MS]) {
        fixture.clock.jump(jumpMs);
        expect(await post("as if time had passed")).toMatchObject({ ok: false, error: { code: "RATE_LIMITED" } });
        fixture.clock.advance(50);
        expect(await post("as it has now")).toMatchObject({ ok: true });
      }
    });

    it("counts a user's messages over all connections", async () => {
      const fixture = await TransportFixture.open(make, {
        onMessage: () => undefined,
        limits: { messagesPerSecondPerUser: 5 },
      });
      const tabs = [await fixture.join("mia", CHANNEL), await fixture.join("mia-elsewhere", CHANNEL)];
      const post = async (n: number) =>
        tabs[n % 2]?.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
      for (let n = 0; n < 10; n += 1) expect(await post(n)).toMatchObject({ ok: true });
      for (const n of [0, 1]) expect(await post(n)).toMatchObject({ error: { code: "RATE_LIMITED" } });
      const pia = await fixture.join("pia", CHANNEL);
      expect(await pia.request({ type: "message", channel: CHANNEL, payload: { text: "" } })).toMatchObject({
        ok: true,
      });
    });

    it("gives a connection 50 subscriptions, and a new one for each it leaves", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const join = async (roomId: string) => mia.request({ type: "subscribe", channel: `contract.rooms.${roomId}` });
      const joined = await Promise.all(numbered(50).map(join));
      expect(joined.every(({ ok }) => ok)).toBe(true);
      expect(await join("50")).toMatchObject({ ok: false, error: { code: "TOO_MANY_SUBSCRIPTIONS" } });
      expect(await join("7")).toMatchObject({ ok: true }); // it has that one
      await mia.request({ type: "unsubscribe", channel: "contract.rooms.7" });
      expect(await join("50")).toMatchObject({ ok: true });
      await fixture.broadcast("50", "received");
      expect(await mia.nextEnvelope("contract.rooms.50")).toMatchObject({ payload: { text: "received" } });
    });

    it("refuses a flood of frames of any kind with RATE_LIMITED, and counts one burst as one violation", async () => {
      const fixture = await TransportFixture.open(make, { limits: { framesPerSecond: 10 } });
      const unaffected = await joinUnaffectedClient(fixture);
      const mallory = await fixture.enter("mia");
      for (let sent = 0; sent < 30; sent += 1) mallory.send({ type: "unsubscribe", channel: CHANNEL });
      expect((await mallory.nextRefusal()).error).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 100 });
      await expectAllServed(fixture, unaffected);
      fixture.clock.advance(1_000);
      await mallory.roundTrip();
    });

    it("refuses with OVERLOADED where frames pile up behind a slow handler, and continues when it is done", async () => {
      const slow = new Hold();
      const fixture = await TransportFixture.open(make, {
        onMessage: () => slow.pass(),
        limits: { maxWaitingFrames: 3 },
      });
      const mia = await fixture.join("mia", CHANNEL);
      const replies = numbered(4).map((text) => mia.request({ type: "message", channel: CHANNEL, payload: { text } }));
      mia.send({ type: "unsubscribe", channel: CHANNEL });
      expect((await mia.nextRefusal()).error.code).toBe("OVERLOADED");
      slow.release();
      expect((await Promise.all(replies)).every(({ ok }) => ok)).toBe(true);
      expect(await mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } })).toMatchObject({
        ok: true,
      });
    });

    it("closes a client that does not stop with ABUSE, admits its address, and delays the address only where it happens again", async () => {
      const fixture = await TransportFixture.open(make, {
        onMessage: () => undefined,
        limits: { messagesPerSecond: 1 },
      });
      const unaffected = await joinUnaffectedClient(fixture);
      for (const _time of [1, 2]) expect(await abuse(fixture)).toMatchObject({ code: 4530, frame: { error: ABUSE } });
      const refused = await fixture.connect({ token: "sam" });
      expect(await refused.ended()).toMatchObject({ code: 4512, frame: { error: { code: "ADDRESS_REFUSED" } } });
      await expectServed(fixture, unaffected);
      fixture.clock.advance(10_000);
      await expectAllServed(fixture, unaffected);
    });

    it("keeps the subscriptions that a connection has, however often it tries for more", async () => {
      const fixture = await TransportFixture.open(make, { limits: { maxSubscriptions: 1 } });
      const mia = await fixture.join("mia", CHANNEL);
      for (let slip = 0; slip < 5; slip += 1) {
        const { error } = (await mia.request({ type: "subscribe", channel: "contract.rooms.2" })) as { error?: object };
        expect(error).toMatchObject({ code: "TOO_MANY_SUBSCRIPTIONS" });
        fixture.clock.advance(1_500);
      }
      await fixture.broadcast("1", "received");
      expect(await mia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "received" } });
    });
  });
}

const ABUSE = { code: "ABUSE", retry: "later", retryAfterMs: 10_000 };

/** A connection that exceeds its rate in each of three seconds, and how it ended. */
async function abuse(fixture: TransportFixture) {
  const mallory = await fixture.join("mia", CHANNEL);
  for (let slip = 0; slip < 3; slip += 1) {
    const post = async () => mallory.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
    while ((await post()).ok);
    fixture.clock.advance(1_500);
  }
  return mallory.ended();
}
