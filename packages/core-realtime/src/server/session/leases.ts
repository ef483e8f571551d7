import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { DueHeap, type DueItem } from "../due-heap.js";
import type { RealtimeSession } from "./realtime-session.js";

/** Due when it is to be announced, then when it ends. */
interface Lease extends DueItem {
  readonly session: RealtimeSession;
  readonly expiresAt: number;
}

/** Ends sessions when their `expiresAt` comes, and warns them before. One timer, and one comparison per delivery. */
export class Leases {
  readonly #leases = new Map<RealtimeSession, Lease>();
  readonly #heap = new DueHeap<Lease>();
  readonly #clock: Clock;
  readonly #warningMs: number;
  #cancel: () => void = () => undefined;
  #rings = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, warningMs: number) {
    this.#clock = clock;
    this.#warningMs = warningMs;
  }

  /** The session's identity is new. A lease that ends at another time begins again; one that ends as before has been announced or not. */
  renew(session: RealtimeSession): void {
    const expiresAt = session.user?.expiresAt;
    const before = this.#leases.get(session);
    if (before?.expiresAt === expiresAt) return;
    this.forget(session);
    if (expiresAt === undefined) return;
    const left = expiresAt - this.#clock.now();
    const due = expiresAt - Math.min(this.#warningMs, left / 2); // a lease shorter than the warning is announced at its half, not at once
    const lease = { session, expiresAt, due, slot: -1 };
    this.#leases.set(session, lease);
    this.#heap.add(lease);
    this.#wind();
  }

  forget(session: RealtimeSession): void {
    const lease = this.#leases.get(session);
    if (!lease) return;
    this.#leases.delete(session);
    this.#heap.remove(lease);
  }

  /** Called before every delivery and by the timer: nothing goes out to a session whose time has run out. */
  sweep(): void {
    let { first } = this.#heap;
    if (!first) return;
    const now = this.#clock.now();
    if (now < first.due) return;
    for (; first && first.due <= now; { first } = this.#heap) this.#settle(first, now);
    this.#wind();
  }

  close(): void {
    this.#cancel();
    this.#leases.clear();
    this.#heap.clear();
  }

  #settle(lease: Lease, now: number): void {
    const { session, expiresAt } = lease;
    if (expiresAt <= now) {
      this.forget(session);
      return session.end(new RealtimeError("SESSION_EXPIRED"));
    }
    this.#heap.remove(lease);
    lease.due = expiresAt;
    this.#heap.add(lease);
    session.connection.send({ type: "expiring", expiresAt });
  }

  /** Sets the timer for the first lease, unless it fires earlier: then it finds nothing due, and is set again. */
  #wind(): void {
    const { first } = this.#heap;
    if (!first || this.#rings <= first.due) return;
    this.#cancel();
    this.#rings = first.due;
    this.#cancel = this.#clock.after(first.due - this.#clock.now(), () => this.#ring());
  }

  #ring(): void {
    this.#rings = Number.POSITIVE_INFINITY;
    this.sweep();
    this.#wind(); // a timer may fire a little early, or have been cut short
  }
}
