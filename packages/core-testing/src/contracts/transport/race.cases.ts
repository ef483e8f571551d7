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
    it("keeps frames that come before gate 1 has answered, and takes them in order after it", async () => {
      const stage = await TransportFixture.open(make);
      const gate = stage.people.hold();
      const mia = await stage.connect({ token: "mia" });
      await gate.reached;
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      mia.send({ type: "message", id: "say", channel: CHANNEL, payload: { text: "early" } });
      await mia.roundTrip(); // both have arrived, for a pong needs no identity
      expect(mia.frames.map(({ type }) => type)).toEqual(["pong"]);
      gate.release();
      await mia.replyTo("say");
      expect(mia.frames.map(({ type }) => type)).toEqual(["pong", "connected", "reply", "message", "reply"]);
    });

    it("closes on the 17th frame before gate 1 has answered, and takes 16", async () => {
      const stage = await TransportFixture.open(make);
      const gate = stage.people.hold();
      const [mia, mallory] = [await stage.connect({ token: "mia" }), await stage.connect({ token: "sam" })];
      await gate.reached;
      const join = { type: "subscribe", channel: CHANNEL } as const;
      for (const id of numbered(16)) mia.send({ ...join, id });
      for (const id of numbered(17)) mallory.send({ ...join, id });
      expect(await mallory.ended()).toMatchObject({ code: 4511, frame: { error: { code: "TOO_MANY_EARLY_FRAMES" } } });
      await mia.roundTrip();
      gate.release();
      expect(await mia.replyTo("15")).toMatchObject({ ok: true });
    });

    it("closes with HANDSHAKE_TIMEOUT where gate 1 does not answer within 10 s", async () => {
      const stage = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(stage);
      const gate = stage.people.hold();
      const mia = await stage.connect({ token: "mia" });
      await gate.reached;
      await stage.clock.advanceAsync(9_999);
      await mia.roundTrip();
      await stage.clock.advanceAsync(1);
      expect(await mia.ended()).toMatchObject({ code: 4108, frame: { error: { code: "HANDSHAKE_TIMEOUT" } } });
      gate.release();
      await expectAllServed(stage, unaffected);
      expect(stage.observer.of("connected").map(({ connection }) => connection.user?.userId)).toEqual(["pia", "sam"]);
    });

    it("closes with IDLE who asks for nothing within 10 s, and not who asked once", async () => {
      const stage = await TransportFixture.open(make);
      const [silent, asked] = [await stage.enter("mia"), await stage.enter("sam")];
      await asked.roundTrip();
      stage.clock.advance(10_000);
      expect(await silent.ended()).toMatchObject({ code: 4112, frame: { error: { code: "IDLE" } } });
      await asked.roundTrip();
    });

    it("forgets who hangs up while gate 1 is asking, with all that was asked for", async () => {
      const stage = await TransportFixture.open(make);
      const unaffected = await joinUnaffectedClient(stage);
      const gate = stage.people.hold();
      const mia = await stage.connect({ token: "mia" });
      await gate.reached;
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      mia.link.abort();
      for (const _turn of [1, 2, 3]) await unaffected.roundTrip(); // by now the server has read the end of that line
      gate.release();
      await stage.observer.seen("disconnected");
      const known = stage.observer.of("connected").map(({ connection }) => connection.user?.userId);
      expect(known).toEqual(["pia"]);
      unaffected.link.close();
      await stage.observer.seen("disconnected", ({ connection }) => connection.user?.userId === "pia");
      await expectNoGhost(stage);
    });

    it("notices a cut line, and leaves every channel with it", async () => {
      const stage = await TransportFixture.open(make);
      const [mia, pia] = [await stage.join("mia", CHANNEL), await stage.join("pia", CHANNEL)];
      mia.link.abort();
      const { connection } = await stage.observer.seen("disconnected");
      expect(connection.user?.userId).toBe("mia");
      expect(stage.observer.of("left")).toMatchObject([{ why: "closed", address: { name: CHANNEL } }]);
      await stage.say("1", "without mia");
      expect(await pia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "without mia" } });
    });

    it("notices a goodbye", async () => {
      const stage = await TransportFixture.open(make);
      const mia = await stage.join("mia", CHANNEL);
      mia.link.close();
      await mia.ended();
      await stage.observer.seen("disconnected");
      await expectNoGhost(stage);
    });

    it("leaves no ghost of a subscribe that races a cut line", async () => {
      const stage = await TransportFixture.open(make);
      for (let round = 0; round < 20; round += 1) {
        const mia = await stage.enter("mia");
        mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
        if (round % 2) mia.link.abort();
        else mia.link.close();
      }
      await expectAllGone(stage, 20);
      await expectNoGhost(stage);
    });

    it("leaves no ghost of a subscribe that was still being answered when the line was cut", async () => {
      const opening = new Hold();
      const stage = await TransportFixture.open(make, { welcome: () => opening.pass() });
      const mia = await stage.enter("mia");
      mia.send({ type: "subscribe", id: "join", channel: CHANNEL });
      await opening.reached;
      mia.link.abort();
      await stage.observer.seen("left");
      opening.release();
      await stage.observer.seen("disconnected");
      await expectNoGhost(stage);
      expect(stage.observer.of("failed")).toEqual([]);
    });

    it("lets a handler finish whose client has gone, and serves the others", async () => {
      const work = new Hold();
      let isFinished = false;
      const onSay = async () => {
        await work.pass();
        isFinished = true;
      };
      const stage = await TransportFixture.open(make, { onSay });
      const mia = await stage.join("mia", CHANNEL);
      mia.send({ type: "message", id: "slow", channel: CHANNEL, payload: { text: "" } });
      await work.reached;
      mia.link.abort();
      await stage.observer.seen("left");
      work.release();
      await stage.observer.seen("disconnected");
      expect(isFinished).toBe(true);
      expect(stage.observer.of("answered")).toHaveLength(1);
    });
  });
}

async function expectAllGone(stage: TransportFixture, count: number): Promise<void> {
  await stage.observer.seen("disconnected", () => stage.observer.of("disconnected").length === count);
}

/** Whoever has gone has left all that it had joined, and is not shown anything any more. */
async function expectNoGhost(stage: TransportFixture): Promise<void> {
  const of = (kind: "subscribed" | "left") => stage.observer.of(kind).map(({ connection }) => connection.connectionId);
  expect(of("left").toSorted()).toEqual(of("subscribed").toSorted());
  await stage.say("1", "to nobody");
  expect(stage.observer.of("failed")).toEqual([]);
  const newClient = await stage.join("sam", CHANNEL);
  await stage.say("1", "to the new client");
  expect(await newClient.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "to the new client" } });
}
