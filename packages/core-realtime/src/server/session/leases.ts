import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeSession } from "./realtime-session.js";

interface Lease {
  readonly expiresAt: number;
  readonly warned: boolean;
}

/** Ends sessions when their `expiresAt` comes, and warns them before. One timer, and one comparison per delivery. */
export class Leases {
  readonly #leases = new Map<RealtimeSession, Lease>();
  readonly #clock: Clock;
  readonly #warningMs: number;
  #next = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, warningMs: number) {
    this.#clock = clock;
    this.#warningMs = warningMs;
  }

  /** The session's identity is new: its lease, if it has one, begins again. */
  renew(session: RealtimeSession): void {
    const expiresAt = session.user?.expiresAt;
    if (expiresAt === undefined) return this.forget(session);
    const lease = { expiresAt, warned: false };
    this.#leases.set(session, lease);
    if (this.#dueOf(lease) >= this.#next) return;
    this.#next = this.#dueOf(lease);
    this.#wind();
  }

  forget(session: RealtimeSession): void {
    this.#leases.delete(session);
  }

  /** Called before every delivery and by the timer: nothing goes out to whom the time has run out. */
  sweep(): void {
    const now = this.#clock.now();
    if (now < this.#next) return;
    this.#next = Number.POSITIVE_INFINITY;
    for (const [session, lease] of this.#leases) {
      const left = this.#settle(session, lease, now);
      if (left) this.#next = Math.min(this.#next, this.#dueOf(left));
    }
    this.#wind();
  }

  close(): void {
    this.#cancel();
    this.#leases.clear();
  }

  #settle(session: RealtimeSession, lease: Lease, now: number): Lease | undefined {
    if (lease.expiresAt <= now) {
      this.#leases.delete(session);
      session.end(new RealtimeError("SESSION_EXPIRED"));
      return undefined;
    }
    if (lease.warned || now < this.#dueOf(lease)) return lease;
    session.connection.send({ type: "expiring", expiresAt: lease.expiresAt });
    const warned = { ...lease, warned: true };
    this.#leases.set(session, warned);
    return warned;
  }

  #dueOf({ expiresAt, warned }: Lease): number {
    return warned ? expiresAt : expiresAt - this.#warningMs;
  }

  #wind(): void {
    this.#cancel();
    if (this.#next === Number.POSITIVE_INFINITY) return;
    this.#cancel = this.#clock.after(this.#next - this.#clock.now(), () => this.#ring());
  }

  #ring(): void {
    this.sweep();
    if (this.#next !== Number.POSITIVE_INFINITY) this.#wind(); // a timer may ring a little early, or have been cut short
  }
}
