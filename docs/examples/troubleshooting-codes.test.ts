import { ERROR_CODES } from "fourgate";
import { DEFAULT_LIMITS } from "fourgate/server";
import { expect, it } from "vitest";
import { page } from "./sql-of-page";

const guide = page("guides/troubleshooting.md");

it("has one entry for each code of the table, in its order, and no other", () => {
  const entries = [...guide.matchAll(/^### `(\w+)`$/gm)].map(([, code]) => code);
  const table = [...page("errors.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  expect(entries).toEqual(table);
  expect(new Set(entries)).toEqual(new Set(Object.keys(ERROR_CODES)));
});

it("says something in each entry", () => {
  for (const entry of guide.split(/^### /m).slice(1)) expect(entry.length).toBeGreaterThan(80);
});

it("states the limits as they are", () => {
  const limits = DEFAULT_LIMITS;
  expect([limits.maxCookieBytes, limits.maxTokenBytes, limits.maxFrameBytes]).toEqual(
    [8, 16, 64].map((kib) => kib * 1_024),
  );
  expect([limits.maxReplyBytes, limits.maxBufferedBytes, limits.maxBroadcastBytes]).toEqual(
    [512, 1_024, 256].map((kib) => kib * 1_024),
  );
  expect([limits.handshakeMs, limits.firstFrameMs, limits.handlerMs, limits.expiryWarningMs]).toEqual([
    10_000, 10_000, 10_000, 30_000,
  ]);
  expect([limits.maxConnectionsPerUser, limits.maxConnectionsPerAddress, limits.maxConnections]).toEqual([
    200, 2_500, 50_000,
  ]);
  expect([limits.maxSubscriptions, limits.messagesPerSecond, limits.messagesPerSecondPerUser]).toEqual([50, 20, 100]);
  expect([limits.maxWaitingFrames, limits.maxPendingBroadcasts, limits.maxEarlyFrames, limits.maxViolations]).toEqual([
    256, 10_000, 16, 3,
  ]);
  expect(limits.pingMs + limits.pongMs).toBe(33_000);
});
