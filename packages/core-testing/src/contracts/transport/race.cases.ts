import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { joinUnaffectedClient, expectAllServed } from "./unaffected-client";
import { TransportFixture } from "./transport-fixture";
import { numbered } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";

/** What comes too early, too late, or not at all. */
export function raceCases(make: MakeTransport): void {
  describe("stands its races", () => {
    it("keeps frames that come before gate 1 has decided, and takes them in order after it", async () => {
      const fixture = await TransportFixture.open(make);
      const gate = fixture.users.hold();
      const mia = await fixture.connect({ token: "mia" });
      await gate.reached;
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      mia.send({ type: "message", id: "early", channel: CHANNEL, payload: { text: "early" } });
      await mia.roundTrip(); // both have arrived, for a pong needs no identity
      expect(mia.frames.map(({ type }) => type)).toEqual(["pong"]);
      gate.release();
      await mia.replyTo("early");
      expect(mia.frames.map(({ type }) => type)).toEqual(["pong", "connected", "reply", "message", "reply"]);
    });

    it("closes on the 17th frame before gate 1 has decided, and takes 16", async () => {
      const fixture = await TransportFixture.open(make);
      const gate = fixture.users.hold();
      const [mia, mallory] = [await fixture.connect({ token: "mia" }), await fixture.connect({ token: "sam" })];
      await gate.reached;
      const join = { type: "subscribe", channel: CHANNEL } as const;
      for (const id of numbered(16)) mia.send({ ...join, id });
      for (const id of numbered(17)) mallory.send({ ...join, id });
      expect(await mallory.ended()).toMatchObject({ code: 4511, frame: { error: { code: "TOO_MANY_EARLY_FRAMES" } } });
      await mia.roundTrip();
      gate.release();
      expect(await mia.replyTo("15")).toMatchObject({ ok: true });
    });

    it("closes with HANDSHAKE_TIMEOUT where gate 1 does not decide within 10 s", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const gate = fixture.users.hold();
      const mia = await fixture.connect({ token: "mia" });
      await gate.reached;
      await fixture.clock.advanceAsync(9_999);
      await mia.roundTrip();
      await fixture.clock.advanceAsync(1);
      expect(await mia.ended()).toMatchObject({ code: 4108, frame: { error: { code: "HANDSHAKE_TIMEOUT" } } });
      gate.release();
      await expectAllServed(fixture, unaffected);
      expect(fixture.observer.of("connected").map(({ connection }) => connection.user?.userId)).toEqual(["pia", "sam"]);
    });

    it("closes with IDLE a client that sends nothing within 10 s, and not one that sent a frame", async () => {
      const fixture = await TransportFixture.open(make);
      const [silent, active] = [await fixture.enter("mia"), await fixture.enter("sam")];
      await active.roundTrip();
      fixture.clock.advance(10_000);
      expect(await silent.ended()).toMatchObject({ code: 4112, frame: { error: { code: "IDLE" } } });
      await active.roundTrip();
    });

    it("forgets a client that disconnects during gate 1, with all that it requested", async () => {
      const fixture = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(fixture);
      const gate = fixture.users.hold();
      const mia = await fixture.connect({ token: "mia" });
      await gate.reached;
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      mia.link.abort();
      for (const _turn of [1, 2, 3]) await unaffected.roundTrip(); // by now the server has read the end of that connection
      gate.release();
      await fixture.observer.seen("disconnected");
      const known = fixture.observer.of("connected").map(({ connection }) => connection.user?.userId);
      expect(known).toEqual(["pia"]);
      unaffected.link.close();
      await fixture.observer.seen("disconnected", ({ connection }) => connection.user?.userId === "pia");
      await expectNoGhost(fixture);
    });

    it("notices a cut connection, and ends its subscriptions", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      mia.link.abort();
      const { connection } = await fixture.observer.seen("disconnected");
      expect(connection.user?.userId).toBe("mia");
      expect(fixture.observer.of("left")).toMatchObject([{ why: "disconnected", address: { name: CHANNEL } }]);
      await fixture.broadcast("1", "without mia");
      expect(await pia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "without mia" } });
    });

    it("notices a close", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", CHANNEL);
      mia.link.close();
      await mia.ended();
      await fixture.observer.seen("disconnected");
      await expectNoGhost(fixture);
    });

    it("leaves no subscription behind where a subscribe races a cut connection", async () => {
      const fixture = await TransportFixture.open(make);
      for (let round = 0; round < 20; round += 1) {
        const mia = await fixture.enter("mia");
        mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
        if (round % 2) mia.link.abort();
        else mia.link.close();
      }
      await expectAllGone(fixture, 20);
      await expectNoGhost(fixture);
    });

    it("leaves no subscription behind where the connection was cut before the subscribe's reply", async () => {
      const opening = new Hold();
      const fixture = await TransportFixture.open(make, { welcome: () => opening.pass() });
      const mia = await fixture.enter("mia");
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      await opening.reached;
      mia.link.abort();
      await fixture.observer.seen("left");
      opening.release();
      await fixture.observer.seen("disconnected");
      await expectNoGhost(fixture);
      expect(fixture.observer.of("failed")).toEqual([]);
    });

    it("lets a handler finish whose client has gone, and serves the others", async () => {
      const work = new Hold();
      let isFinished = false;
      const onMessage = async () => {
        await work.pass();
        isFinished = true;
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      mia.send({ type: "message", id: "slow", channel: CHANNEL, payload: { text: "" } });
      await work.reached;
      mia.link.abort();
      await fixture.observer.seen("left");
      work.release();
      await fixture.observer.seen("disconnected");
      expect(isFinished).toBe(true);
      expect(fixture.observer.of("handled")).toHaveLength(1);
    });
  });
}

async function expectAllGone(fixture: TransportFixture, count: number): Promise<void> {
  await fixture.observer.seen("disconnected", () => fixture.observer.of("disconnected").length === count);
}

/** A client that has gone has left all that it had joined, and receives nothing any more. */
async function expectNoGhost(fixture: TransportFixture): Promise<void> {
  const of = (kind: "subscribed" | "left") =>
    fixture.observer.of(kind).map(({ connection }) => connection.connectionId);
  expect(of("left").toSorted()).toEqual(of("subscribed").toSorted());
  await fixture.broadcast("1", "without readers");
  expect(fixture.observer.of("failed")).toEqual([]);
  const newClient = await fixture.join("sam", CHANNEL);
  await fixture.broadcast("1", "to the new client");
  expect(await newClient.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "to the new client" } });
}
