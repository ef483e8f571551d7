import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { Heartbeat, type Living } from "./heartbeat.js";

const LIMITS = { maxFrameBytes: 1, maxBufferedBytes: 1, maxCookieBytes: 1, pingMs: 25_000, pongMs: 8_000 };

class Patient implements Living {
  readonly pingedAt: number[] = [];
  silentAt: number | undefined;
  isAlive = true;
  readonly #clock: FakeClock;
  readonly #answers: boolean;

  constructor(clock: FakeClock, answers: boolean) {
    this.#clock = clock;
    this.#answers = answers;
  }
  ping(): void {
    this.pingedAt.push(this.#clock.monotonic());
    this.isAlive = this.#answers;
  }
  onSilence(): void {
    this.silentAt ??= this.#clock.monotonic();
  }
}

function fixture() {
  const clock = new FakeClock();
  const heartbeat = new Heartbeat(clock, LIMITS);
  heartbeat.start();
  return { clock, heartbeat };
}

it("pings once per period whoever answers, and lets him live", () => {
  const { clock, heartbeat } = fixture();
  clock.advance(700);
  const patient = new Patient(clock, true);
  heartbeat.watch(patient);
  clock.advance(100_000);
  const [first = 0] = patient.pingedAt;
  expect(first).toBeLessThanOrEqual(25_700);
  expect(patient.pingedAt).toEqual([0, 1, 2, 3].map((period) => first + period * 25_000));
  expect(patient.silentAt).toBeUndefined();
});

it("detects a silent peer within ping + pong, whenever it connected", () => {
  const { clock, heartbeat } = fixture();
  const patients = Array.from({ length: 100 }, () => {
    clock.advance(317);
    const patient = new Patient(clock, false);
    heartbeat.watch(patient);
    return { patient, since: clock.monotonic() };
  });
  clock.advance(60_000);
  for (const { patient, since } of patients) {
    expect(Number(patient.pingedAt[0]) - since).toBeLessThanOrEqual(25_000);
    expect(Number(patient.silentAt) - since).toBeLessThanOrEqual(33_000);
  }
});

it("spreads the pings of those who come at once over the period", () => {
  const { clock, heartbeat } = fixture();
  const patients = Array.from({ length: 100 }, () => new Patient(clock, true));
  for (const patient of patients) heartbeat.watch(patient);
  clock.advance(25_000);
  expect(new Set(patients.map(({ pingedAt }) => pingedAt[0])).size).toBe(100);
});

it("leaves alone who was forgotten, and sets no more timers once it is stopped", () => {
  const { clock, heartbeat } = fixture();
  const patient = new Patient(clock, false);
  heartbeat.forget(patient, heartbeat.watch(patient));
  heartbeat.stop();
  clock.advance(60_000);
  expect(patient.pingedAt).toEqual([]);
  expect(clock.waiting).toBe(0);
});
