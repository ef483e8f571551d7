import type { Clock } from "../../seams/clock.js";
import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { ExpiringMap } from "../expiring-map.js";
import type { Proxies } from "./proxies.js";
import { ReachedLimit } from "./reached-limit.js";

const WINDOW_MS = 10_000;
const EPISODE_MS = 1_000; // a burst that overshoots is one violation, however many frames it had
const MAX_REFUSALS = 400; // within a window, of any kind: each costs a reply and a log entry
/** How long a broken client stays away at first, in milliseconds. */
export const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;
const FORGIVEN_MS = 3_600_000;
const MAX_ADDRESSES = 10_000; // an attacker with more addresses than that is not stopped by any such list
const VIOLATIONS: ReadonlySet<RealtimeErrorCode> = new Set([
  "RATE_LIMITED",
  "OVERLOADED",
  "FRAME_TOO_LARGE",
  "TOO_MANY_EARLY_FRAMES",
]);

interface Conduct {
  readonly violations: number[];
  windowSince: number;
  refusals: number;
}

interface Wait {
  readonly until: number;
  readonly lengthMs: number;
}

/**
 * Counts limit violations. A connection that does not stop is closed with ABUSE and a retryAfterMs; its address has to
 * wait only where that happens again within an hour, and then longer each time. What is no more than a full table
 * (TOO_MANY_SUBSCRIPTIONS), or a limit that several connections reach together, is refused and is no violation.
 */
export class AbuseLedger {
  readonly #connections = new Map<string, Conduct>();
  readonly #waits = new ExpiringMap<string, Wait>();
  readonly #clock: Clock;
  readonly #maxViolations: number;
  readonly #proxies: Proxies;

  constructor(clock: Clock, maxViolations: number, proxies: Proxies) {
    this.#clock = clock;
    this.#maxViolations = maxViolations;
    this.#proxies = proxies;
  }

  /** Whether a new connection's address still has to wait. */
  refusalOf(handshake: RealtimeHandshake): RealtimeError | undefined {
    const address = this.#proxies.clientOf(handshake);
    if (address === undefined) return undefined;
    const now = this.#clock.monotonic();
    const wait = this.#waits.get(address, now);
    const left = wait ? wait.until - now : 0;
    return left > 0 ? new RealtimeError("ADDRESS_REFUSED", { retryAfterMs: Math.ceil(left) }) : undefined;
  }

  /** Notes a refusal; returns what to close the connection with, once it was one too many. */
  note(connectionId: string, handshake: RealtimeHandshake, refusal: RealtimeError): RealtimeError | undefined {
    const now = this.#clock.monotonic();
    const conduct = this.#conductOf(connectionId, now);
    conduct.refusals += 1;
    if (conduct.refusals > MAX_REFUSALS) return new RealtimeError("ABUSE", { retryAfterMs: FIRST_WAIT_MS }); // a broken client: its address does not wait
    if (!isViolation(refusal)) return undefined;
    const { violations } = conduct;
    const last = violations.at(-1);
    if (last === undefined || now - last >= EPISODE_MS) violations.push(now);
    while (violations[0] !== undefined && now - violations[0] >= WINDOW_MS) violations.shift(); // at most `maxViolations` of them
    return violations.length < this.#maxViolations ? undefined : this.#end(handshake, now);
  }

  forget(connectionId: string): void {
    this.#connections.delete(connectionId);
  }

  #conductOf(connectionId: string, now: number): Conduct {
    const known = this.#connections.get(connectionId);
    if (!known) {
      const conduct = { violations: [], windowSince: now, refusals: 0 };
      this.#connections.set(connectionId, conduct);
      return conduct;
    }
    if (now - known.windowSince < WINDOW_MS) return known;
    known.windowSince = now;
    known.refusals = 0;
    return known;
  }

  #end(handshake: RealtimeHandshake, now: number): RealtimeError {
    const address = this.#proxies.clientOf(handshake);
    const lengthMs = address === undefined ? 0 : this.#lengthen(address, now);
    return new RealtimeError("ABUSE", { retryAfterMs: Math.max(lengthMs, FIRST_WAIT_MS) });
  }

  /** The first time an address does not have to wait, but is remembered. */
  #lengthen(address: string, now: number): number {
    const before = this.#waits.get(address, now);
    const isRepeat = before !== undefined && now - before.until < FORGIVEN_MS;
    const lengthMs = isRepeat ? Math.min(Math.max(before.lengthMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS) : 0;
    const validity = { until: now + LONGEST_WAIT_MS + FORGIVEN_MS, bytes: 0 };
    this.#waits.trim(now);
    this.#waits.set(address, { until: now + lengthMs, lengthMs }, validity);
    if (this.#waits.size > MAX_ADDRESSES) this.#waits.dropOldest();
    return lengthMs;
  }
}

function isViolation({ code, cause }: RealtimeError): boolean {
  return VIOLATIONS.has(code) && !(cause instanceof ReachedLimit && cause.isShared);
}
