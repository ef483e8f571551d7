import type { Clock, RealtimeHandshake } from "@repo/core-realtime";
import type { Capability } from "./capability.js";
import type { Credentials } from "./credentials.js";

const RECHECK_MS = 1_000; // between two calls of the authenticator for one connection: a POST waits that long

/** The identity that opened a stream, and what its POSTs must show. */
export interface Opener {
  readonly handshake: RealtimeHandshake;
  readonly capability: Capability;
  readonly identity: Identity;
}

/** Whether the authenticator returns the same identity for this handshake as for the stream's. */
export type Recognize = (handshake: RealtimeHandshake) => Promise<boolean>;

/** The identity that opened a stream, and the check that a POST comes from the same. */
export class Identity {
  readonly #opener: Credentials;
  readonly #clock: Clock;
  #latest: Credentials;
  #checks: Promise<unknown> | undefined;
  #checkedAt = -Infinity;

  constructor(opener: Credentials, clock: Clock) {
    this.#opener = opener;
    this.#latest = opener;
    this.#clock = clock;
  }

  /** A token that differs is refused at once. Cookies that differ are checked one POST at a time, and the last accepted ones kept. */
  async accepts(handshake: RealtimeHandshake, recognize: Recognize): Promise<boolean> {
    const shown = this.#opener.of(handshake);
    const known = this.#compare(shown);
    if (known !== "unsure") return known === "equal";
    const check = Promise.resolve(this.#checks).then(async () => this.#check(shown, () => recognize(handshake)));
    this.#checks = check;
    return check;
  }

  #compare(shown: Credentials): "equal" | "different" | "unsure" {
    const latest = this.#latest.compare(shown);
    return latest === "unsure" ? this.#opener.compare(shown) : latest;
  }

  async #check(shown: Credentials, recognize: () => Promise<boolean>): Promise<boolean> {
    if (this.#compare(shown) === "equal") return true; // by the check before
    const waitMs = this.#checkedAt + RECHECK_MS - this.#clock.monotonic();
    if (waitMs > 0) await new Promise<void>((resolve) => this.#clock.after(waitMs, resolve));
    this.#checkedAt = this.#clock.monotonic();
    if (!(await recognize())) return false;
    this.#latest = shown;
    return true;
  }
}
