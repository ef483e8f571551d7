import { describe, expect, it } from "vitest";
import type { TestClient } from "../../client/test-client";
import { TransportFixture } from "./transport-fixture";
import { numbered, textsOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const CHANNEL = "contract.rooms.1";
const BOUND_BYTES = 256 * 1024;
const PADDING = "x".repeat(32 * 1024);
const ENOUGH = 600; // 19 MiB: more than a kernel holds for a socket that is not read

/** A client that does not read costs a bounded amount of memory, and other clients nothing. */
export function slowReaderCases(make: MakeTransport): void {
  describe("bounds what waits for a slow reader", () => {
    it("closes a client that does not read with SLOW_CONSUMER, and the others miss nothing", async () => {
      const fixture = await TransportFixture.open(make, { limits: { maxBufferedBytes: BOUND_BYTES } });
      const [slow, pia] = [await fixture.join("mia", CHANNEL), await fixture.join("pia", CHANNEL)];
      slow.link.pause?.();
      const published = await publishUntilClosed(fixture, pia);
      if (fixture.transport.lacks?.includes("slow-reader")) return expect(published).toBe(ENOUGH);
      expect(published).toBeLessThan(ENOUGH);
      expect(fixture.observer.of("disconnected")).toMatchObject([
        { reason: "SLOW_CONSUMER", connection: { user: { userId: "mia" } } },
      ]);
      expect(textsOf(pia, CHANNEL).map((text) => text.slice(PADDING.length))).toEqual(numbered(published));
      slow.link.resume?.();
      const { code } = await slow.ended();
      expect(code === undefined || code === 4110 || code === 1006).toBe(true); // the close frame may be lost in the buffer
    });

    it("keeps a reader that pauses for less than the bound, and delivers it all in order", async () => {
      const fixture = await TransportFixture.open(make, { limits: { maxBufferedBytes: BOUND_BYTES } });
      const mia = await fixture.join("mia", CHANNEL);
      mia.link.pause?.();
      for (const text of numbered(100)) await fixture.broadcast("1", text);
      mia.link.resume?.();
      await mia.roundTrip();
      expect(textsOf(mia, CHANNEL)).toEqual(numbered(100));
    });
  });
}

/** Publishes at the pace of one good reader until a client is disconnected; returns how often. */
async function publishUntilClosed(fixture: TransportFixture, goodReader: TestClient): Promise<number> {
  for (let published = 0; published < ENOUGH; published += 1) {
    if (fixture.observer.of("disconnected").length > 0) return published;
    await fixture.broadcast("1", `${PADDING}${published}`);
    await goodReader.nextEnvelope(CHANNEL);
  }
  return ENOUGH;
}
