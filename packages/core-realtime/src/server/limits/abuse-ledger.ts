import type { Clock } from "../../seams/clock.js";
import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { Proxies } from "./proxies.js";

const WINDOW_MS = 10_000;
const EPISODE_MS = 1_000; // a burst that overshoots is one violation, however many frames it had
const MAX_REFUSALS = 400; // within a window, of any kind: each costs an answer and a line in the log
const FIRST_BAN_MS = 10_000;
const LONGEST_BAN_MS = 600_000;
const FORGIVEN_MS = 3_600_000;
const MAX_ADDRESSES = 10_000; // an attacker with more addresses than that is not stopped by any such list
const VIOLATIONS: ReadonlySet<RealtimeErrorCode> = new Set([
  "RATE_LIMITED",
  "OVERLOADED",
  "TOO_MANY_SUBSCRIPTIONS",
  "FRAME_TOO_LARGE",
  "TOO_MANY_EARLY_FRAMES",
]);

interface Ban {
  readonly until: number;
  readonly lengthMs: number;
}

/** Counts limit violations; who does not stop is closed, and the address waits longer each time. */
export class AbuseLedger {
  readonly #violations = new Map<string, number[]>();
  readonly #refusals = new Map<string, { readonly since: number; readonly count: number }>();
  readonly #bans = new Map<string, Ban>();
  readonly #clock: Clock;
  readonly #maxViolations: number;
  readonly #proxies: Proxies;

  constructor(clock: Clock, maxViolations: number, proxies: Proxies) {
    this.#clock = clock;
    this.#maxViolations = maxViolations;
    this.#proxies = proxies;
  }

  /** Says of a newcomer's address whether it still has to wait. */
  refusalOf(handshake: RealtimeHandshake): RealtimeError | undefined {
    const address = this.#addressOf(handshake);
    const ban = address === undefined ? undefined : this.#bans.get(address);
    const left = ban ? ban.until - this.#clock.monotonic() : 0;
    return left > 0 ? new RealtimeError("ADDRESS_REFUSED", { retryAfterMs: Math.ceil(left) }) : undefined;
  }

  /** Notes a refusal; the answer is what to close the connection with, once it was one too many. */
  note(connectionId: string, handshake: RealtimeHandshake, { code }: RealtimeError): RealtimeError | undefined {
    const now = this.#clock.monotonic();
    if (this.#countRefusal(connectionId, now) > MAX_REFUSALS) return new RealtimeError("ABUSE"); // a broken client: no window
    if (!VIOLATIONS.has(code)) return undefined;
    const recent = (this.#violations.get(connectionId) ?? []).filter((at) => now - at < WINDOW_MS);
    const last = recent.at(-1);
    if (last === undefined || now - last >= EPISODE_MS) recent.push(now);
    this.#violations.set(connectionId, recent);
    return recent.length < this.#maxViolations ? undefined : this.#end(handshake, now);
  }

  #countRefusal(connectionId: string, now: number): number {
    const known = this.#refusals.get(connectionId);
    const current = known && now - known.since < WINDOW_MS ? known : { since: now, count: 0 };
    this.#refusals.set(connectionId, { since: current.since, count: current.count + 1 });
    return current.count + 1;
  }

  #end(handshake: RealtimeHandshake, now: number): RealtimeError {
    this.#ban(this.#addressOf(handshake), now);
    return new RealtimeError("ABUSE");
  }

  forget(connectionId: string): void {
    this.#violations.delete(connectionId);
    this.#refusals.delete(connectionId);
  }

  /** Behind a proxy all visitors share its address: a window there would lock out everyone, so there is none. */
  #addressOf(handshake: RealtimeHandshake): string | undefined {
    return this.#proxies.sent(handshake) ? undefined : handshake.remoteAddress;
  }

  #ban(address: string | undefined, now: number): void {
    if (address === undefined) return;
    const before = this.#bans.get(address);
    const isRepeat = before !== undefined && now - before.until < FORGIVEN_MS;
    const lengthMs = isRepeat ? Math.min(before.lengthMs * 2, LONGEST_BAN_MS) : FIRST_BAN_MS;
    this.#bans.delete(address);
    this.#bans.set(address, { until: now + lengthMs, lengthMs });
    if (this.#bans.size > MAX_ADDRESSES) for (const oldest of this.#bans.keys()) return void this.#bans.delete(oldest);
  }
}
