import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";

/** The drain of a server. */
export function drainCases(make: MakeTransport): void {
  describe("goes in good order", () => {
    it("notifies its clients, refuses new connections, and closes with DRAINING", async () => {
      const fixture = await TransportFixture.open(make);
      const clients = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      const drained = fixture.drain({ drainMs: 4_000 });
      for (const client of clients) expect(await client.next("draining")).toMatchObject({ windowMs: 4_000 });
      await expect(fixture.connect({ token: "sam" })).rejects.toThrow();
      for (const client of clients)
        expect(await client.ended()).toMatchObject({ code: 4100, frame: { error: { code: "DRAINING" } } });
      await drained;
      expect(fixture.observer.of("disconnected")).toHaveLength(2);
    });

    it("lets a handler that is in progress reply first", async () => {
      const work = new Hold();
      const fixture = await TransportFixture.open(make, { onMessage: () => work.pass().then(() => "done") });
      const mia = await fixture.join("mia", CHANNEL);
      const reply = mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
      await work.reached;
      const drained = fixture.drain({ drainMs: 4_000 });
      await mia.next("draining");
      work.release();
      expect(await reply).toMatchObject({ ok: true, result: "done" });
      expect(await mia.ended()).toMatchObject({ code: 4100 });
      await drained;
    });

    it("waits for a handler no longer than the drain window", async () => {
      const fixture = await TransportFixture.open(make, { onMessage: () => new Promise(() => undefined) });
      const mia = await fixture.join("mia", CHANNEL);
      mia.send({ type: "message", channel: CHANNEL, payload: { text: "" } });
      await mia.roundTrip();
      const drained = fixture.drain({ drainMs: 4_000 });
      await mia.next("draining");
      await fixture.clock.advanceAsync(3_999);
      await mia.roundTrip();
      await fixture.clock.advanceAsync(1);
      expect(await mia.ended()).toMatchObject({ code: 4100 });
      await fixture.clock.advanceAsync(10_000);
      await drained;
    });

    it("closes in batches, so that not all come back at once", async () => {
      const fixture = await TransportFixture.open(make);
      const clients = await Promise.all(["mia", "pia", "sam"].map((token) => fixture.join(token, CHANNEL)));
      let closed = 0;
      for (const client of clients) void client.ended().then(() => (closed += 1));
      const drained = fixture.drain({ drainMs: 4_000, batchSize: 1, batchMs: 200 });
      for (let batch = 1; batch <= clients.length; batch += 1) {
        await Promise.race(clients.slice(batch - 1).map(async (client) => client.ended()));
        await fixture.clock.advanceAsync(199);
        expect(closed).toBe(batch);
        await fixture.clock.advanceAsync(1);
      }
      await drained;
    });
  });
}
