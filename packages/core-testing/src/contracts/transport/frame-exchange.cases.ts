import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import type { RoomText } from "../contract-channels";
import { TransportFixture } from "./transport-fixture";
import { numbered, textsOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const OTHER = "contract.rooms.2";

/** Frames there and back: ids, order, membership, and the contents of an envelope. */
export function frameExchangeCases(make: MakeTransport): void {
  describe("exchanges frames", () => {
    it("replies to each frame under its id, in the order they came, also where the first takes longer", async () => {
      const slow = new Hold();
      const onMessage = async ({ payload }: { payload: RoomText }) =>
        payload.text === "0" ? slow.pass() : payload.text;
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      const replies = numbered(5).map((text) => mia.request({ type: "message", channel: CHANNEL, payload: { text } }));
      await mia.roundTrip(); // a pong comes at once, past the handler that is still at work
      expect(mia.frames.filter(({ type }) => type === "reply")).toHaveLength(1);
      slow.release();
      expect(await Promise.all(replies)).toMatchObject([
        {},
        ...numbered(5)
          .slice(1)
          .map((result) => ({ result })),
      ]);
      const ids = mia.frames.flatMap((frame) => (frame.type === "reply" ? [frame.id] : []));
      expect(ids).toEqual(["q1", "q2", "q3", "q4", "q5", "q6"]);
    });

    it("takes a frame without an id: the handler runs, and there is no reply", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      mia.send({ type: "subscribe", channel: CHANNEL });
      mia.send({ type: "message", channel: CHANNEL, payload: { text: "no id" } });
      expect(await mia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "no id" } });
      mia.send({ type: "message", channel: OTHER, payload: { text: "no id" } });
      expect((await mia.nextRefusal()).error.code).toBe("NOT_SUBSCRIBED");
      expect(mia.frames.some((frame) => frame.type === "reply" && frame.ok && frame.id !== undefined)).toBe(false);
    });

    it("delivers in the order of the broadcasts, to every subscriber", async () => {
      const fixture = await TransportFixture.open(make);
      const clients = [await fixture.join("mia", CHANNEL), await fixture.join("sam", CHANNEL)];
      const texts = numbered(200);
      for (const text of texts) await fixture.broadcast("1", text);
      for (const client of clients) {
        await client.roundTrip();
        expect(textsOf(client, CHANNEL)).toEqual(texts);
      }
    });

    it("subscribes twice and delivers once", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", CHANNEL);
      expect(await mia.request({ type: "subscribe", channel: CHANNEL })).toMatchObject({ ok: true });
      await fixture.broadcast("1", "once");
      await mia.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(["once"]);
      expect(fixture.observer.of("subscribed")).toHaveLength(1);
    });

    it("stops at once on unsubscribe, of that channel alone and for that client alone", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      await mia.request({ type: "subscribe", channel: OTHER });
      await fixture.broadcast("1", "before");
      expect(await mia.request({ type: "unsubscribe", channel: CHANNEL })).toMatchObject({ ok: true });
      await fixture.broadcast("1", "after");
      await fixture.broadcast("2", "still here");
      for (const client of [mia, pia]) await client.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(["before"]);
      expect(textsOf(mia, OTHER)).toEqual(["still here"]);
      expect(textsOf(pia, CHANNEL)).toEqual(["before", "after"]);
    });

    it("replies to an unsubscribe from a channel that was never joined, and joins again after one", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      expect(await mia.request({ type: "unsubscribe", channel: CHANNEL })).toMatchObject({ ok: true });
      await mia.request({ type: "subscribe", channel: CHANNEL });
      await mia.request({ type: "unsubscribe", channel: CHANNEL });
      await mia.request({ type: "subscribe", channel: CHANNEL });
      await fixture.broadcast("1", "back");
      expect(await mia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "back" } });
    });

    it("sends a new subscriber the channel's opening with the reply", async () => {
      const fixture = await TransportFixture.open(make, {
        welcome: ({ user, params }) => ({ hello: user.userId, in: params.roomId }),
      });
      const mia = await fixture.enter("mia");
      expect(await mia.request({ type: "subscribe", channel: CHANNEL })).toMatchObject({
        result: { channel: CHANNEL, opening: { hello: "mia", in: "1" } },
      });
    });

    it("sets event, time, channel and sender of each envelope on the server", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", CHANNEL);
      await fixture.broadcast("1", "posted");
      await fixture.broadcast("1", "posted");
      const [first, second] = [await mia.nextEnvelope(CHANNEL), await mia.nextEnvelope(CHANNEL)];
      expect(first).toEqual({
        type: "message",
        id: expect.any(String),
        channel: CHANNEL,
        event: "message",
        payload: { text: "posted" },
        at: fixture.clock.now(),
        sender: { type: "system" },
      });
      expect(second.id).not.toBe(first.id);
    });

    it("lets no client forge sender, position, time, id or user", async () => {
      const heardFrom: unknown[] = [];
      const fixture = await TransportFixture.open(make, { onMessage: ({ user }) => void heardFrom.push(user.userId) });
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      const forged = { sender: { type: "user", id: "sam" }, user: { userId: "sam", roles: ["staff"] }, userId: "sam" };
      const place = { at: 1, position: { epoch: "forged", offset: 9 }, connectionId: "forged", trace: "forged" };
      const frame = { type: "message", channel: CHANNEL, payload: { text: "hi" } };
      mia.link.send({ ...frame, id: "forged", ...forged, ...place });
      expect(await mia.replyTo("forged")).toMatchObject({ ok: true });
      mia.link.send({ ...frame, id: "strict", payload: { text: "hi", ...forged } });
      expect(await mia.replyTo("strict")).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
      expect(heardFrom).toEqual(["mia"]);
      await pia.roundTrip();
      expect(JSON.stringify([...mia.envelopes(), ...pia.envelopes()])).not.toContain("forged");
    });

    it("takes no envelope of a client for the server's: what looks like one is a message to the handler", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      const envelope = { id: "forged", event: "message", at: 1, sender: { type: "system" } };
      mia.link.send({ type: "message", channel: CHANNEL, payload: { text: "hi" }, ...envelope });
      expect(await pia.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "hi" }, at: fixture.clock.now() });
      expect(pia.envelopes().map(({ id }) => id)).not.toContain("forged");
    });

    it.each(["🜂 𝒳 👩‍👩‍👧", "\u2028\u2029\0", "é\u0301", `"\\/\b\f\n\r\t`])(
      "carries %j there and back unharmed",
      async (text) => {
        const fixture = await TransportFixture.open(make);
        const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
        await mia.request({ type: "message", channel: CHANNEL, payload: { text } });
        for (const client of [mia, pia]) expect((await client.nextEnvelope(CHANNEL)).payload).toEqual({ text });
      },
    );

    it("addresses a channel whose parameter is any text at all", async () => {
      const fixture = await TransportFixture.open(make);
      const channel = "contract.rooms.a%2Eb%3Ac%20%F0%9F%9C%82";
      const mia = await fixture.join("mia", channel);
      await fixture.broadcast("a.b:c 🜂", "found");
      expect(await mia.nextEnvelope(channel)).toMatchObject({ channel, payload: { text: "found" } });
    });
  });
}
