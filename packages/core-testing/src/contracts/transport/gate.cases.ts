import { PROTOCOL_VERSION } from "@repo/core-realtime";
import { describe, expect, it } from "vitest";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

/** The four gates, end to end. */
export function gateCases(make: MakeTransport): void {
  describe("walks the four gates", () => {
    it("sends the user and the protocol's version on connect", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, visitor] = [await fixture.connect({ token: "mia" }), await fixture.connect()];
      expect(await mia.next("connected")).toMatchObject({ protocol: PROTOCOL_VERSION, userId: "mia", pingMs: 25_000 });
      expect(await visitor.next("connected")).toMatchObject({ userId: null });
      expect(new Set(fixture.observer.of("connected").map(({ connection }) => connection.connectionId)).size).toBe(2);
    });

    it("authenticates by the cookie as well as by the token", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.connect({ headers: { cookie: "theme=dark; session=mia" } });
      expect(await mia.next("connected")).toMatchObject({ userId: "mia" });
    });

    it("gate 1: closes with UNAUTHENTICATED where credentials are bad, and lets good ones in", async () => {
      const fixture = await TransportFixture.open(make);
      const intruder = await fixture.connect({ token: "stolen" });
      expect(await intruder.ended()).toMatchObject({
        code: 4501,
        frame: { closeCode: 4501, error: { code: "UNAUTHENTICATED" } },
      });
      expect(intruder.frames.map(({ type }) => type)).toEqual(["close"]);
      await fixture.enter("mia");
    });

    it("gate 2: refuses an unknown channel, another's channel and a role one has not; the right ones are joined", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      const join = async (channel: string) => mia.request({ type: "subscribe", channel });
      expect(await join("contract.nowhere")).toMatchObject({ ok: false, error: { code: "CHANNEL_UNKNOWN" } });
      expect(await join("contract.inbox.sam")).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
      expect(await join("contract.office")).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
      expect(await join("contract.inbox.mia")).toMatchObject({ ok: true, result: { channel: "contract.inbox.mia" } });
      expect(await join("contract.rooms.1")).toMatchObject({ ok: true });
    });

    it("gate 2: an anonymous visitor joins what is public, and no more", async () => {
      const fixture = await TransportFixture.open(make);
      const visitor = await fixture.enter();
      expect(await visitor.request({ type: "subscribe", channel: "contract.lobby" })).toMatchObject({ ok: true });
      expect(await visitor.request({ type: "subscribe", channel: "contract.rooms.1" })).toMatchObject({
        ok: false,
        error: { code: "UNAUTHORIZED" },
      });
    });

    it("gate 3: refuses a client that has not subscribed, what the schema refuses, and channels where clients only receive", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", "contract.rooms.1");
      await mia.request({ type: "subscribe", channel: "contract.inbox.mia" });
      const post = async (channel: string, payload: unknown) => mia.request({ type: "message", channel, payload });
      expect(await post("contract.rooms.2", { text: "hi" })).toMatchObject({ error: { code: "NOT_SUBSCRIBED" } });
      expect(await post("contract.rooms.1", { text: 7 })).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
      expect(await post("contract.inbox.mia", { text: "hi" })).toMatchObject({ error: { code: "INBOUND_REFUSED" } });
      expect(await post("contract.rooms.1", { text: "hi" })).toMatchObject({ ok: true });
    });

    it("gate 4: a broadcast that does not fit is refused to its sender and reaches no client", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.join("mia", "contract.rooms.1");
      await expect(fixture.broadcast("1", JSON.parse("7"))).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
      await fixture.broadcast("1", "fits");
      expect(await mia.nextEnvelope("contract.rooms.1")).toMatchObject({ event: "message", payload: { text: "fits" } });
    });

    it("carries a client's message to every subscriber, and to no other client", async () => {
      const fixture = await TransportFixture.open(make);
      const [mia, pia] = [await fixture.join("mia", "contract.rooms.1"), await fixture.join("pia", "contract.rooms.1")];
      const other = await fixture.join("sam", "contract.rooms.2");
      await mia.request({ type: "message", channel: "contract.rooms.1", payload: { text: "hi" } });
      for (const client of [mia, pia])
        expect(await client.nextEnvelope("contract.rooms.1")).toMatchObject({ payload: { text: "hi" } });
      await other.roundTrip();
      expect(other.envelopes()).toEqual([]);
    });
  });
}
