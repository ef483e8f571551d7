import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { turn } from "../../event-loop-turn";
import { TransportFixture } from "./transport-fixture";
import { textsOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const MINUTE_MS = 60_000;

/** Access ends with its session: by time, and by a command of the server. */
export function leaseCases(make: MakeTransport): void {
  describe("ends what a lease ends", () => {
    it("warns 30 s before a session expires, closes with SESSION_EXPIRED when it does, and delivers no more", async () => {
      const fixture = await openWithLease(make);
      const [tom, mia] = [await fixture.join("tom", CHANNEL), await fixture.join("mia", CHANNEL)];
      fixture.clock.advance(MINUTE_MS - 30_000);
      expect(await tom.next("expiring")).toMatchObject({ expiresAt: fixture.clock.now() + 30_000 });
      await fixture.broadcast("1", "just in time");
      fixture.clock.advance(30_000);
      await fixture.broadcast("1", "too late");
      expect(await tom.ended()).toMatchObject({ code: 4520, frame: { error: { code: "SESSION_EXPIRED" } } });
      expect(textsOf(tom, CHANNEL)).toEqual(["just in time"]);
      await mia.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(["just in time", "too late"]);
      expect(mia.frames.some(({ type }) => type === "expiring")).toBe(false);
    });

    it("delivers nothing after the end even where no timer has run since, as after a machine's sleep", async () => {
      const fixture = await openWithLease(make);
      const tom = await fixture.join("tom", CHANNEL);
      fixture.clock.jump(2 * MINUTE_MS);
      await fixture.broadcast("1", "overslept");
      expect(await tom.ended()).toMatchObject({ code: 4520 });
      expect(textsOf(tom, CHANNEL)).toEqual([]);
    });

    it("refuses at gate 1 a session that is over already", async () => {
      const fixture = await openWithLease(make);
      fixture.clock.jump(MINUTE_MS);
      expect(await (await fixture.connect({ token: "tom" })).ended()).toMatchObject({ code: 4520 });
    });

    it("expels every connection of a user: zero further messages, and no other client is affected", async () => {
      const fixture = await TransportFixture.open(make);
      const gone = [await fixture.join("mia", CHANNEL), await fixture.join("mia-elsewhere", CHANNEL)];
      const pia = await fixture.join("pia", CHANNEL);
      await fixture.broadcast("1", "before");
      await fixture.realtime.expel({ userId: "mia" });
      await fixture.broadcast("1", "after");
      for (const client of gone) {
        expect(await client.ended()).toMatchObject({ code: 4521, frame: { error: { code: "EXPELLED" } } });
        expect(textsOf(client, CHANNEL)).not.toContain("after");
      }
      await pia.roundTrip();
      expect(textsOf(pia, CHANNEL)).toEqual(["before", "after"]);
    });

    it("expels one sign-in alone", async () => {
      const fixture = await TransportFixture.open(make);
      const [here, elsewhere] = [await fixture.join("mia", CHANNEL), await fixture.join("mia-elsewhere", CHANNEL)];
      await fixture.realtime.expel({ sessionId: "mia-2" });
      await fixture.broadcast("1", "after");
      expect(await elsewhere.ended()).toMatchObject({ code: 4521 });
      expect(await here.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "after" } });
    });

    it("admits no user who was expelled during gate 1", async () => {
      const fixture = await TransportFixture.open(make);
      const gate = fixture.users.hold();
      const mia = await fixture.connect({ token: "mia" });
      await gate.reached;
      fixture.users.byToken.delete("mia"); // signed out, but the first lookup is under way
      await fixture.realtime.expel({ userId: "mia" });
      gate.release();
      expect(await mia.ended()).toMatchObject({ code: 4501 });
    });

    it("takes for nothing what an expelled client sends, and what still waited behind a handler", async () => {
      const slow = new Hold();
      let runs = 0;
      const onMessage = () => {
        runs += 1;
        return slow.pass();
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      const { calls } = fixture.users;
      for (let n = 0; n < 3; n += 1) mia.send({ type: "message", channel: CHANNEL, payload: { text: "" } });
      mia.send({ type: "refresh", token: "sam" });
      mia.send({ type: "subscribe", channel: "contract.rooms.2" });
      await mia.roundTrip();
      await slow.reached;
      await fixture.realtime.expel({ userId: "mia" });
      mia.send({ type: "message", channel: CHANNEL, payload: { text: "" } });
      await mia.ended();
      slow.release();
      await fixture.observer.seen("disconnected");
      expect([runs, fixture.users.calls]).toEqual([1, calls]);
      expect(fixture.observer.of("subscribed")).toHaveLength(1);
      expect(fixture.observer.of("refused")).toEqual([]);
    });

    it("revokes one channel of one user: with the reason, zero further messages, the rest continues", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      await mia.request({ type: "subscribe", channel: "contract.rooms.2" });
      await fixture.broadcast("1", "before");
      await fixture.realtime.revoke({ userId: "mia", channel: CHANNEL });
      await fixture.broadcast("1", "after");
      await fixture.broadcast("2", "elsewhere");
      expect(await mia.next("left")).toMatchObject({ channel: CHANNEL, error: { code: "REVOKED" } });
      for (const client of [mia, pia]) await client.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(["before"]);
      expect(textsOf(mia, "contract.rooms.2")).toEqual(["elsewhere"]);
      expect(textsOf(pia, CHANNEL)).toEqual(["before", "after"]);
      expect(await mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } })).toMatchObject({
        error: { code: "NOT_SUBSCRIBED" },
      });
    });

    it("revokes a channel of all users", async () => {
      const fixture = await TransportFixture.open(make);
      const clients = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      await fixture.realtime.revoke({ channel: CHANNEL });
      await fixture.broadcast("1", "after");
      for (const client of clients) {
        expect(await client.next("left")).toMatchObject({ channel: CHANNEL });
        await client.roundTrip();
        expect(textsOf(client, CHANNEL)).toEqual([]);
      }
    });

    it("delivers nothing that was broadcast after a revocation resolved, however many are under way", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", CHANNEL);
      let published = 0;
      let isPublishing = true;
      const publishing = (async () => {
        for (; isPublishing; published += 1) {
          await fixture.broadcast("1", String(published));
          await turn(); // or no socket would ever be read
        }
      })();
      await mia.nextEnvelope(CHANNEL);
      await fixture.realtime.revoke({ userId: "mia", channel: CHANNEL });
      const last = published; // what was begun before may still count as before
      for (let n = 0; n < 50; n += 1) await fixture.broadcast("1", "after");
      isPublishing = false;
      await publishing;
      await mia.next("left");
      await mia.roundTrip();
      const received = textsOf(mia, CHANNEL);
      expect(received).not.toContain("after");
      expect(Number(received.at(-1))).toBeLessThanOrEqual(last);
    });

    it("refuses a subscribe with REVOKED that a revocation overtook", async () => {
      const opening = new Hold();
      const fixture = await TransportFixture.open(make, { welcome: () => opening.pass() });
      const mia = await fixture.enter("mia");
      const reply = mia.request({ type: "subscribe", channel: CHANNEL });
      await opening.reached;
      await fixture.realtime.revoke({ userId: "mia", channel: CHANNEL });
      await fixture.broadcast("1", "after");
      opening.release();
      expect(await reply).toMatchObject({ ok: false, error: { code: "REVOKED" } });
      expect(textsOf(mia, CHANNEL)).toEqual([]);
    });
  });
}

/** A fixture on which Tom's session ends in a minute. */
async function openWithLease(make: MakeTransport): Promise<TransportFixture> {
  const fixture = await TransportFixture.open(make);
  const tom = { userId: "tom", roles: ["member"], sessionId: "tom-1", expiresAt: fixture.clock.now() + MINUTE_MS };
  fixture.users.byToken.set("tom", tom);
  return fixture;
}
