import type { ClientClock } from "../browser-clock.js";

/** The identity of the connection, as the server has accepted it. */
export interface Identity {
  readonly userId: string | null;
  /** Milliseconds since 1970; absent where the session has no end. */
  readonly expiresAt?: number | undefined;
}

/** The dependencies of a renewal. */
export interface RenewalDeps {
  readonly clock: ClientClock;
  readonly random: () => number;
  /** Offers the identity of the moment; calls back with what the server took, or without where it took none. */
  readonly offer: (onReply: (identity: Identity | undefined) => void) => unknown;
}

/** The renewal of a session that expires. */
export interface Renewal {
  /** The server has warned: offers an identity at once, and again with back-off until the session ends later than that. */
  readonly warn: (expiresAt: number) => void;
  /** The link is gone. */
  readonly stop: () => void;
}

const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;
const LATER_MS = 100; // a session that ends only this much later is not renewed: it would be warned again at once

/** Makes the renewal of a connection; it does nothing before a warning. */
export function createRenewal({ clock, random, offer }: RenewalDeps): Renewal {
  let run = 0; // a reply of an earlier link is ignored
  let warnedOf: number | undefined; // until something later was offered
  let cancel: (() => void) | undefined;

  const attempt = (failures: number): void => {
    const mine = run;
    offer((identity) => {
      if (mine !== run) return;
      if (identity && (identity.expiresAt ?? Infinity) > (warnedOf ?? 0) + LATER_MS) warnedOf = undefined;
      else cancel = clock.after(pauseMs(failures, random()), () => attempt(failures + 1));
    });
  };

  return {
    warn(expiresAt) {
      const isUnderWay = warnedOf !== undefined;
      warnedOf = expiresAt;
      if (!isUnderWay) attempt(0);
    },
    stop() {
      run += 1;
      warnedOf = undefined;
      cancel?.();
    },
  };
}

/** Half of it fixed, so that it is never very short; half of it jitter. */
function pauseMs(failures: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures) * (0.5 + random / 2);
}
