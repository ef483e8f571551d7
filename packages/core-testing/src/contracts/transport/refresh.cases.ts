import { RealtimeError, type GuardSubject } from "@repo/core-realtime";
import { describe, expect, it } from "vitest";
import { inbox, office } from "../contract-channels";
import { TransportFixture } from "./transport-fixture";
import { textsOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const ROOM = "contract.rooms.1";
const OFFICE = "contract.office";

/** A new identity on the same connection. */
export function refreshCases(make: MakeTransport): void {
  describe("refreshes an identity in band", () => {
    it("opens what a better token opens", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      expect(await mia.request({ type: "subscribe", channel: OFFICE })).toMatchObject({ ok: false });
      expect(await mia.request({ type: "refresh", token: "mia-promoted" })).toMatchObject({
        result: { userId: "mia" },
      });
      expect(await mia.request({ type: "subscribe", channel: OFFICE })).toMatchObject({ ok: true });
    });

    it("reports each channel that the new user may not have, delivers no more of it, and keeps the rest", async () => {
      const fixture = await TransportFixture.open(make);
      const sam = await fixture.join("sam", OFFICE);
      for (const channel of ["contract.inbox.sam", "contract.rooms.1"])
        await sam.request({ type: "subscribe", channel });
      expect(await sam.request({ type: "refresh", token: "mia" })).toMatchObject({ result: { userId: "mia" } });
      expect([await sam.next("left"), await sam.next("left")]).toMatchObject([
        { channel: OFFICE, error: { code: "UNAUTHORIZED" } },
        { channel: "contract.inbox.sam", error: { code: "UNAUTHORIZED" } },
      ]);
      await fixture.realtime.broadcaster.broadcast(office, { text: "secret" });
      await fixture.realtime.broadcaster.broadcast(inbox.at({ userId: "sam" }), { text: "secret" });
      await fixture.broadcast("1", "open");
      await sam.roundTrip();
      expect(sam.envelopes().map(({ channel }) => channel)).toEqual(["contract.rooms.1"]);
    });

    it("reads the handshake's cookie again where no token is shown", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.connect({ headers: { cookie: "session=mia" } });
      await mia.next("connected");
      fixture.users.byToken.set("mia", { userId: "mia", roles: ["staff"] });
      expect(await mia.request({ type: "refresh" })).toMatchObject({ ok: true });
      expect(await mia.request({ type: "subscribe", channel: OFFICE })).toMatchObject({ ok: true });
    });

    it("sends no client a user's claims, and ends what a refresh with other claims may not have", async () => {
      const ofTenant = ({ user }: GuardSubject) => {
        if (user?.userId === "tom" && user.claims?.tenant !== "t3nant") throw new RealtimeError("UNAUTHORIZED");
      };
      const fixture = await TransportFixture.open(make, { guards: [{ subscribe: ofTenant }] });
      const tom = { userId: "tom", roles: [], sessionId: "tom-1" };
      fixture.users.byToken
        .set("tom", { ...tom, claims: { tenant: "t3nant" } })
        .set("tom-moved", { ...tom, claims: { tenant: "t3nant-2" } });
      const mia = await fixture.join("mia", ROOM);
      const client = await fixture.join("tom", ROOM);
      await client.request({ type: "message", channel: ROOM, payload: { text: "hello" } });
      expect(await mia.nextEnvelope(ROOM)).toMatchObject({ payload: { text: "hello" } });
      await client.request({ type: "refresh", token: "tom-moved" });
      expect(await client.next("left")).toMatchObject({ channel: ROOM, error: { code: "UNAUTHORIZED" } });
      expect(JSON.stringify([mia.frames, client.frames])).not.toContain("t3nant");
    });

    it("refuses a token that is no good", async () => {
      const fixture = await TransportFixture.open(make);
      const mia = await fixture.enter("mia");
      expect(await mia.request({ type: "refresh", token: "stolen" })).toMatchObject({
        ok: false,
        error: { code: "UNAUTHENTICATED" },
      });
      expect(await mia.request({ type: "subscribe", channel: OFFICE })).toMatchObject({ ok: false });
    });

    it("renews a lease: the old end passes, the new one holds", async () => {
      const fixture = await TransportFixture.open(make);
      const tom = { userId: "tom", roles: [], sessionId: "tom-1" };
      const [soon, later] = [fixture.clock.now() + 60_000, fixture.clock.now() + 120_000];
      fixture.users.byToken.set("tom", { ...tom, expiresAt: soon }).set("tom-again", { ...tom, expiresAt: later });
      const client = await fixture.join("tom", "contract.rooms.1");
      expect(await client.request({ type: "refresh", token: "tom-again" })).toMatchObject({
        result: { userId: "tom", expiresAt: later },
      });
      fixture.clock.advance(60_000);
      await fixture.broadcast("1", "still in");
      await client.roundTrip();
      expect(textsOf(client, "contract.rooms.1")).toEqual(["still in"]);
      fixture.clock.advance(60_000);
      expect(await client.ended()).toMatchObject({ code: 4520 });
    });

    it("expels by the identity that a refresh brought, not by the one before", async () => {
      const fixture = await TransportFixture.open(make);
      const client = await fixture.join("sam", "contract.rooms.1");
      await client.request({ type: "refresh", token: "mia" });
      await fixture.realtime.expel({ userId: "sam" });
      await client.roundTrip();
      await fixture.realtime.expel({ userId: "mia" });
      expect(await client.ended()).toMatchObject({ code: 4521 });
    });
  });
}
