import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { Heartbeat, type Living } from "./heartbeat.js";

const LIMITS = { maxFrameBytes: 1, maxBufferedBytes: 1, maxCookieBytes: 1, pingMs: 25_000, pongMs: 8_000 };

/** A connection that replies to pings or does not. */
class RecordedConnection implements Living {
  readonly pingedAt: number[] = [];
  silentAt: number | undefined;
  silentSince: number | undefined;
  readonly #clock: FakeClock;
  readonly #replies: boolean;

  constructor(clock: FakeClock, replies: boolean) {
    this.#clock = clock;
    this.#replies = replies;
  }
  ping(number: number): void {
    this.pingedAt.push(this.#clock.monotonic());
    if (!this.#replies) this.silentSince ??= number;
  }
  onSilence(): void {
    this.silentAt ??= this.#clock.monotonic();
  }
}

/** A connection whose pongs take a second. */
class SlowConnection extends RecordedConnection {
  readonly #after: (run: () => void) => void;

  constructor(clock: FakeClock) {
    super(clock, false);
    this.#after = (run) => void clock.after(1_000, run);
  }
  override ping(number: number): void {
    super.ping(number);
    this.#after(() => (this.silentSince = undefined));
  }
}

function fixture() {
  const clock = new FakeClock();
  const heartbeat = new Heartbeat(clock, LIMITS);
  heartbeat.start();
  return { clock, heartbeat };
}

it("pings a connection that replies once per period, and keeps it", () => {
  const { clock, heartbeat } = fixture();
  clock.advance(700);
  const connection = new RecordedConnection(clock, true);
  heartbeat.watch(connection);
  clock.advance(100_000);
  const [first = 0] = connection.pingedAt;
  expect(first).toBeLessThanOrEqual(25_700);
  expect(connection.pingedAt).toEqual([0, 1, 2, 3].map((period) => first + period * 25_000));
  expect(connection.silentAt).toBeUndefined();
});

it("detects a silent peer within ping + pong, whenever it connected", () => {
  const { clock, heartbeat } = fixture();
  const connections = Array.from({ length: 100 }, () => {
    clock.advance(317);
    const connection = new RecordedConnection(clock, false);
    heartbeat.watch(connection);
    return { connection, since: clock.monotonic() };
  });
  clock.advance(60_000);
  for (const { connection, since } of connections) {
    expect(Number(connection.pingedAt[0]) - since).toBeLessThanOrEqual(25_000);
    expect(Number(connection.silentAt) - since).toBeLessThanOrEqual(33_000);
  }
});

it("spreads the pings of connections that open at once over the period", () => {
  const { clock, heartbeat } = fixture();
  const connections = Array.from({ length: 100 }, () => new RecordedConnection(clock, true));
  for (const connection of connections) heartbeat.watch(connection);
  clock.advance(25_000);
  const pings = connections.map(({ pingedAt }) => Math.floor(Number(pingedAt[0]) / 1_000));
  const counts = Array.from({ length: 25 }, (_, second) => pings.filter((ping) => ping === second + 1).length);
  expect([Math.min(...counts), Math.max(...counts)]).toEqual([2, 5]);
});

it("pings no connection that was forgotten, and sets no more timers once it is stopped", () => {
  const { clock, heartbeat } = fixture();
  const connection = new RecordedConnection(clock, false);
  heartbeat.forget(connection, heartbeat.watch(connection));
  heartbeat.stop();
  clock.advance(60_000);
  expect(connection.pingedAt).toEqual([]);
  expect(clock.waiting).toBe(0);
});

/** A clock whose process can be suspended: time passes, and no timer runs. */
function suspendable(limits = LIMITS) {
  const clock = new FakeClock();
  const suspended = { ms: 0 };
  const heartbeat = new Heartbeat(
    {
      now: () => clock.now(),
      monotonic: () => clock.monotonic() + suspended.ms,
      after: (ms, run) => clock.after(ms, run),
    },
    limits,
  );
  heartbeat.start();
  return { clock, suspended, heartbeat };
}

it("closes no connection because the process was suspended, and a silent peer one pong later", () => {
  const { clock, suspended, heartbeat } = suspendable();
  const [healthy, silent] = [new RecordedConnection(clock, false), new RecordedConnection(clock, false)];
  for (const connection of [healthy, silent]) heartbeat.watch(connection);
  while (silent.pingedAt.length === 0 || healthy.pingedAt.length === 0) clock.advance(1);
  suspended.ms = 10_000; // the pong arrives within this time, and is read after it
  clock.advance(LIMITS.pongMs);
  expect([healthy.silentAt, silent.silentAt]).toEqual([undefined, undefined]);
  healthy.silentSince = undefined;
  clock.advance(LIMITS.pongMs);
  expect([healthy.silentAt, silent.silentAt]).toEqual([undefined, expect.any(Number)]);
});

it("takes no later ping for the one that waits: a pong may take longer than the time between two", () => {
  const { clock, heartbeat } = suspendable({ ...LIMITS, pingMs: 2_000, pongMs: 6_500 });
  const connection = new SlowConnection(clock);
  heartbeat.watch(connection);
  clock.advance(60_000);
  expect(connection.silentAt).toBeUndefined();
});
