import { RealtimeError } from "@repo/core-realtime";
import { describe, expect, it } from "vitest";
import { Hold } from "../../hold";
import { joinUnaffectedClient, expectAllServed } from "./unaffected-client";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const once = { type: "message", id: "once", channel: CHANNEL, payload: { text: "hi" } } as const;

/** The reply of a handler, and that a repeat gets it without a second run. */
export function replyCases(make: MakeTransport): void {
  describe("replies to client messages", () => {
    it("replies to a repeated id with the first reply and does not run the handler again", async () => {
      let runs = 0;
      const fixture = await TransportFixture.open(make, { onMessage: () => ({ run: ++runs }) });
      const mia = await fixture.join("mia", CHANNEL);
      for (let sent = 0; sent < 3; sent += 1) {
        mia.send(once);
        expect(await mia.replyTo("once")).toMatchObject({ ok: true, result: { run: 1 } });
      }
      mia.send({ ...once, id: "another" });
      expect(await mia.replyTo("another")).toMatchObject({ result: { run: 2 } });
    });

    it("sends the first reply to the repeat, whatever the handler has changed in its object since", async () => {
      const state = { run: 0 };
      const onMessage = () => {
        state.run += 1;
        return state;
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      for (const [id, run] of [
        ["once", 1],
        ["another", 2],
        ["once", 1],
      ] as const) {
        mia.send({ ...once, id });
        expect(await mia.replyTo(id)).toMatchObject({ result: { run } });
      }
    });

    it("does so over a new connection of the same user, even while the first run is under way", async () => {
      const work = new Hold();
      let runs = 0;
      const onMessage = async () => {
        runs += 1;
        await work.pass();
        return { run: runs };
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const [before, after] = [await fixture.join("mia", CHANNEL), await fixture.join("mia-elsewhere", CHANNEL)];
      before.send(once);
      await work.reached;
      before.link.abort();
      after.send(once);
      await after.roundTrip();
      work.release();
      expect(await after.replyTo("once")).toMatchObject({ ok: true, result: { run: 1 } });
    });

    it("keeps the ids of two users, and of two channels, apart", async () => {
      let runs = 0;
      const fixture = await TransportFixture.open(make, { onMessage: () => ({ run: ++runs }) });
      const [mia, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      await mia.request({ type: "subscribe", channel: "contract.rooms.2" });
      for (const client of [mia, pia]) {
        client.send(once);
        await client.replyTo("once");
      }
      mia.send({ ...once, channel: "contract.rooms.2" });
      expect(await mia.replyTo("once")).toMatchObject({ result: { run: 3 } });
    });

    it("remembers an id for two minutes, a refusal as well as a result", async () => {
      let runs = 0;
      const onMessage = () => {
        runs += 1;
        throw new RealtimeError("REFUSED", { detail: `run ${runs}` });
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      const refusedIn = async (run: number) => {
        mia.send(once);
        expect(await mia.replyTo("once")).toMatchObject({
          ok: false,
          error: { code: "REFUSED", message: expect.stringContaining(`run ${run}`) },
        });
      };
      await refusedIn(1);
      fixture.clock.advance(119_999);
      await refusedIn(1);
      fixture.clock.advance(1);
      await refusedIn(2);
    });

    it("sends no stored reply to a user who lost the right meanwhile", async () => {
      const fixture = await TransportFixture.open(make, { onMessage: () => "for subscribers" });
      const mia = await fixture.join("mia", CHANNEL);
      mia.send(once);
      await mia.replyTo("once");
      await fixture.realtime.revoke({ userId: "mia", channel: CHANNEL });
      mia.send(once);
      expect(await mia.replyTo("once")).toMatchObject({ ok: false, error: { code: "NOT_SUBSCRIBED" } });
    });

    it("replies HANDLER_FAILED and shows the cause to the observer, never to the client", async () => {
      const cause = new Error("connect ECONNREFUSED 10.0.0.7:5432");
      const onMessage = () => {
        throw cause;
      };
      const fixture = await TransportFixture.open(make, { onMessage });
      const mia = await fixture.join("mia", CHANNEL);
      const reply = await mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
      expect(reply).toMatchObject({ ok: false, error: { code: "HANDLER_FAILED", retry: "later" } });
      expect(JSON.stringify(mia.frames)).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|stack|cause/);
      expect(fixture.observer.of("failed")).toMatchObject([{ where: "handler", channel: CHANNEL }]);
      expect(fixture.observer.of("failed")[0]?.cause).toBe(cause);
      await expectAllServed(fixture, await joinUnaffectedClient(fixture));
    });

    it("replies HANDLER_FAILED where a handler returns what is no JSON", async () => {
      const fixture = await TransportFixture.open(make, { onMessage: () => 7n });
      const mia = await fixture.join("mia", CHANNEL);
      const reply = await mia.request({ type: "message", channel: CHANNEL, payload: { text: "" } });
      expect(reply).toMatchObject({ error: { code: "HANDLER_FAILED" } });
      expect(fixture.observer.of("failed")).toHaveLength(1);
    });

    it("replies HANDLER_TIMEOUT after 10 s, aborts the handler's signal, and takes the next frame", async () => {
      const signals: AbortSignal[] = [];
      const forever = new Hold();
      const fixture = await TransportFixture.open(make, {
        onMessage: ({ signal, payload }) => {
          if (payload.text === "quick") return "done";
          signals.push(signal);
          return forever.pass();
        },
      });
      const mia = await fixture.join("mia", CHANNEL);
      const slow = mia.request({ type: "message", channel: CHANNEL, payload: { text: "slow" } });
      await forever.reached;
      await fixture.clock.advanceAsync(9_999);
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
      await fixture.clock.advanceAsync(1);
      expect(await slow).toMatchObject({ ok: false, error: { code: "HANDLER_TIMEOUT", retry: "later" } });
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
      const quick = await mia.request({ type: "message", channel: CHANNEL, payload: { text: "quick" } });
      expect(quick).toMatchObject({ ok: true, result: "done" });
    });
  });
}
