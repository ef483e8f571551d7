import type { EnvelopeFrame } from "@repo/core-realtime";
import { describe, expect, it } from "vitest";
import { cursors, gauges } from "../contract-channels";
import { TransportFixture } from "./transport-fixture";
import { textOf } from "./texts-of";
import type { MakeTransport } from "./transport-under-test";

const PADDING = "x".repeat(128 * 1024);
const ROUNDS = 150; // 19 MiB: more than a kernel holds for a socket that is not read
const KEYS = ["a", "b", "c"];

/** Channels whose messages a slow reader may miss: it stays, and what it gets is true. */
export function overflowCases(make: MakeTransport): void {
  describe("spares a slow reader what its channel may drop", () => {
    it('skips messages of a "drop" channel while the reader lags, and never closes it for them', async () => {
      const fixture = await TransportFixture.open(make);
      const [slow, good] = [await fixture.join("mia", cursors.name), await fixture.join("pia", cursors.name)];
      slow.link.pause?.();
      for (let n = 0; n < ROUNDS; n += 1) {
        await fixture.realtime.broadcaster.broadcast(cursors, { text: `${n}:${PADDING}` });
        await good.nextEnvelope(cursors.name);
      }
      slow.link.resume?.();
      await slow.roundTrip();
      const seen = slow.envelopes(cursors.name).map(({ payload }) => Number.parseInt(textOf(payload), 10));
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      if (fixture.transport.lacks?.includes("slow-reader")) expect(seen).toHaveLength(ROUNDS);
      else expect(seen.length).toBeLessThan(ROUNDS);
      await fixture.realtime.broadcaster.broadcast(cursors, { text: "caught up" });
      await slow.roundTrip();
      expect(textOf(slow.envelopes(cursors.name).at(-1)?.payload)).toBe("caught up");
      expect(fixture.observer.of("disconnected")).toEqual([]);
    });

    it('keeps the latest per key of a "conflate" channel, and delivers that when the reader is back', async () => {
      const fixture = await TransportFixture.open(make);
      const [slow, good] = [await fixture.join("mia", gauges.name), await fixture.join("pia", gauges.name)];
      slow.link.pause?.();
      for (let n = 0; n < ROUNDS; n += 1) {
        const key = KEYS[n % KEYS.length] ?? "";
        await fixture.realtime.broadcaster.broadcast(gauges, { text: `${key}:${n}:${PADDING}` });
        await good.nextEnvelope(gauges.name);
      }
      slow.link.resume?.();
      const seen: [key: string, round: number][] = [];
      while (!KEYS.every((key, index) => isIn(seen, [key, lastRoundOf(index)])))
        seen.push(readingOf(await slow.nextEnvelope(gauges.name)));
      for (const key of KEYS) {
        const rounds = seen.flatMap(([of, round]) => (of === key ? [round] : []));
        expect(rounds).toEqual(rounds.toSorted((a, b) => a - b));
      }
      if (fixture.transport.lacks?.includes("slow-reader")) expect(seen).toHaveLength(ROUNDS);
      else expect(seen.length).toBeLessThan(ROUNDS);
      expect(fixture.observer.of("disconnected")).toEqual([]);
    });
  });
}

function readingOf({ payload }: EnvelopeFrame): [key: string, round: number] {
  const [key = "", round] = textOf(payload).split(":", 2);
  return [key, Number(round)];
}

function isIn(seen: readonly (readonly [string, number])[], [key, round]: readonly [string, number]): boolean {
  return seen.some(([otherKey, otherRound]) => otherKey === key && otherRound === round);
}

function lastRoundOf(keyIndex: number): number {
  const last = ROUNDS - 1;
  return last - ((last - keyIndex) % KEYS.length);
}
