import type { Clock, SubscribeRequest } from "@repo/core-realtime";

export interface UndecidedSubscriptionsDeps {
  readonly clock: Clock;
  /** Milliseconds that a subscription stays open although the database could not decide it anew. */
  readonly graceMs: number;
}

/** A connection's subscription to a channel. */
export interface UndecidedSubscription {
  readonly channel: string;
  readonly userId?: string | undefined;
}

interface Undecided {
  readonly target: UndecidedSubscription;
  /** On the monotonic clock: when the last check begins. It ends within `checkMs`, and so before the grace does. */
  readonly lastCheckAt: number;
}

const CHECK_MS = 5_000;

/**
 * Open subscriptions that the database could not decide anew, because it was away. They stay open for a bounded time, are checked once more
 * at its end, and are closed where the database is away still.
 */
export class UndecidedSubscriptions {
  /** How long a check of an open subscription waits for the database. */
  readonly checkMs: number;
  /** The time since which the database is away, on the monotonic clock: checks need not wait for it. */
  awaySince: number | undefined;
  readonly #deps: UndecidedSubscriptionsDeps;
  readonly #entries = new Map<string, Undecided>();
  #check: (due: readonly UndecidedSubscription[]) => Promise<void> = () => Promise.resolve();
  #nextAt = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(deps: UndecidedSubscriptionsDeps) {
    this.#deps = deps;
    this.checkMs = Math.min(CHECK_MS, deps.graceMs / 2);
  }

  /** Called for those whose last check is due. */
  onLastCheck(check: (due: readonly UndecidedSubscription[]) => Promise<void>): void {
    this.#check = check;
  }

  /** The database could not decide a check that began at `since`. May the subscription stay open? */
  keep(request: SubscribeRequest, since: number): boolean {
    const { clock, graceMs } = this.#deps;
    const key = keyOf(request);
    const known = this.#entries.get(key);
    if (known) return clock.monotonic() < known.lastCheckAt;
    const { address, user } = request;
    const lastCheckAt = since + graceMs - this.checkMs;
    this.#entries.set(key, { target: { channel: address.name, userId: user?.userId }, lastCheckAt });
    this.#plan(lastCheckAt);
    return true;
  }

  /** The database has decided. */
  decided(request: SubscribeRequest): void {
    this.#entries.delete(keyOf(request));
  }

  close(): void {
    this.#cancel();
    this.#entries.clear();
  }

  #plan(at: number): void {
    if (at >= this.#nextAt) return;
    const { clock } = this.#deps;
    this.#cancel();
    this.#nextAt = at;
    this.#cancel = clock.after(at - clock.monotonic(), () => void this.#runLastChecks());
  }

  /** Never rejects: a check of open subscriptions does not. */
  async #runLastChecks(): Promise<void> {
    this.#nextAt = Number.POSITIVE_INFINITY;
    const now = this.#deps.clock.monotonic();
    const due = new Map([...this.#entries].filter(([, { lastCheckAt }]) => lastCheckAt <= now));
    for (const [key, { lastCheckAt }] of this.#entries) if (!due.has(key)) this.#plan(lastCheckAt);
    await this.#check([...due.values()].map(({ target }) => target));
    for (const [key, undecided] of due) if (this.#entries.get(key) === undecided) this.#entries.delete(key);
  }
}

function keyOf({ connectionId, address }: SubscribeRequest): string {
  return `${connectionId}\n${address.name}`;
}
