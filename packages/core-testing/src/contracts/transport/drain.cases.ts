import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";

/** How a server goes. */
export function drainCases(make: MakeTransport): void {
  describe("goes in good order", () => {
    it("tells its clients, refuses newcomers, and closes with DRAINING", async () => {
      const stage = await TransportFixture.open(make);
      const players = [await stage.join("mia", CHANNEL), await stage.join("pia", CHANNEL)];
      const drained = stage.drain({ drainMs: 4_000 });
      for (const player of players) expect(await player.next("draining")).toMatchObject({ windowMs: 4_000 });
      await expect(stage.connect({ token: "sam" })).rejects.toThrow();
      for (const player of players)
        expect(await player.ended()).toMatchObject({ code: 4100, frame: { error: { code: "DRAINING" } } });
      await drained;
      expect(stage.observer.of("disconnected")).toHaveLength(2);
    });

    it("lets a handler that is under way answer first", async () => {
      const work = new Hold();
      const stage = await TransportFixture.open(make, { onSay: () => work.pass().then(() => "done") });
      const mia = await stage.join("mia", CHANNEL);
      const reply = mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
      await work.reached;
      const drained = stage.drain({ drainMs: 4_000 });
      await mia.next("draining");
      work.release();
      expect(await reply).toMatchObject({ ok: true, result: "done" });
      expect(await mia.ended()).toMatchObject({ code: 4100 });
      await drained;
    });

    it("waits for a handler no longer than it said", async () => {
      const stage = await TransportFixture.open(make, { onSay: () => new Promise(() => undefined) });
      const mia = await stage.join("mia", CHANNEL);
      mia.send({ type: "message", channel: CHANNEL, payload: { text: "" } });
      await mia.roundTrip();
      const drained = stage.drain({ drainMs: 4_000 });
      await mia.next("draining");
      await stage.clock.advanceAsync(3_999);
      await mia.roundTrip();
      await stage.clock.advanceAsync(1);
      expect(await mia.ended()).toMatchObject({ code: 4100 });
      await stage.clock.advanceAsync(10_000);
      await drained;
    });

    it("closes in batches, so that not all come back at once", async () => {
      const stage = await TransportFixture.open(make);
      const players = await Promise.all(["mia", "pia", "sam"].map((token) => stage.join(token, CHANNEL)));
      let closed = 0;
      for (const player of players) void player.ended().then(() => (closed += 1));
      const drained = stage.drain({ drainMs: 4_000, batchSize: 1, batchMs: 200 });
      for (let batch = 1; batch <= players.length; batch += 1) {
        await Promise.race(players.slice(batch - 1).map(async (player) => player.ended()));
        await stage.clock.advanceAsync(199);
        expect(closed).toBe(batch);
        await stage.clock.advanceAsync(1);
      }
      await drained;
    });
  });
}
