import { describe, expect, it } from "vitest";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const quick = { pingMs: 300, pongMs: 3_000 }; // real time: a transport's heartbeat has its own clock; long enough for a busy machine

/** A silent peer is detected, although its connection looks open. */
export function heartbeatCases(make: MakeTransport): void {
  describe("heartbeats", () => {
    it("closes a peer that sends no heartbeat, and not one that does", async () => {
      const fixture = await TransportFixture.open(make, { limits: quick });
      const [silent, alive] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      silent.link.pause?.();
      if (fixture.transport.lacks?.includes("heartbeat")) return expect(await isClosed(fixture)).toBe(false);
      const gone = await fixture.observer.seen("disconnected");
      expect(gone).toMatchObject({ reason: "HEARTBEAT_LOST", connection: { user: { userId: "mia" } } });
      expect(fixture.observer.of("left")).toMatchObject([{ connection: { user: { userId: "mia" } } }]);
      await fixture.broadcast("1", "still here");
      expect(await alive.nextEnvelope(CHANNEL)).toMatchObject({ payload: { text: "still here" } });
    });
  });
}

/** Absence has no event to wait for: a transport with heartbeats would have noticed twice over by then. */
async function isClosed({ observer }: TransportFixture): Promise<boolean> {
  const patience = new Promise<boolean>((resolve) => setTimeout(resolve, 2 * (quick.pingMs + quick.pongMs), false));
  return Promise.race([patience, observer.seen("disconnected").then(() => true)]);
}
