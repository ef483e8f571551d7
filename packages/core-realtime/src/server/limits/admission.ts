import type { Clock } from "../../seams/clock.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { AbuseLedger } from "./abuse-ledger.js";
import type { ConnectionCount } from "./connection-count.js";
import type { RealtimeLimits } from "./limits.js";
import type { OriginPolicy } from "./origin-policy.js";
import type { Proxies } from "./proxies.js";
import { SubjectBuckets } from "./subject-buckets.js";

export interface AdmissionDeps {
  readonly originPolicy: OriginPolicy;
  readonly abuse: AbuseLedger;
  readonly connections: ConnectionCount;
  readonly proxies: Proxies;
  readonly clock: Clock;
  readonly limits: Pick<RealtimeLimits, "maxCookieBytes">;
}

const EXPLAINED = { perSecond: 2, burst: 20 }; // connections that are opened only to receive their refusal, per address

/**
 * Who may open a connection, known from the handshake alone. A browser cannot read why its upgrade was refused; so a client that
 * is to come back later is admitted, and gate 1 refuses it with a `close` frame. For a few of them: beyond that the upgrade is refused.
 */
export class Admission {
  readonly #deps: AdmissionDeps;
  readonly #explained = new SubjectBuckets(EXPLAINED);

  constructor(deps: AdmissionDeps) {
    this.#deps = deps;
  }

  /** At the HTTP request, before anything is accepted. */
  atRequest(handshake: RealtimeHandshake): RealtimeError | undefined {
    const refusal = this.#forGood(handshake);
    if (refusal) return refusal;
    const later = this.#forNow(handshake, false);
    if (!later) return undefined;
    const { clock, proxies } = this.#deps;
    const now = clock.monotonic();
    return this.#explained.of(proxies.clientOf(handshake) ?? "", now).take(now) === 0 ? undefined : later;
  }

  /** Of a connection that is open already, or before one: nothing that is counted. */
  forRequest(handshake: RealtimeHandshake): RealtimeError | undefined {
    return this.#forGood(handshake);
  }

  /** At gate 1: the connection is open, and counted. */
  atGate(handshake: RealtimeHandshake): RealtimeError | undefined {
    return this.#forGood(handshake) ?? this.#forNow(handshake, true);
  }

  #forGood(handshake: RealtimeHandshake): RealtimeError | undefined {
    const { originPolicy, limits } = this.#deps;
    if (!originPolicy(handshake)) return new RealtimeError("ORIGIN_REFUSED", { detail: handshake.headers.origin });
    const { cookie = "" } = handshake.headers;
    if (cookie.length <= limits.maxCookieBytes) return undefined;
    return new RealtimeError("HANDSHAKE_INVALID", { detail: "the Cookie header is too large" });
  }

  #forNow(handshake: RealtimeHandshake, isCounted: boolean): RealtimeError | undefined {
    const { abuse, connections } = this.#deps;
    return abuse.refusalOf(handshake) ?? connections.refusalOf(handshake, isCounted);
  }
}
