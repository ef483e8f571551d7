import type { Clock, IRealtimeGuard, SubscribeRequest } from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import { isSqlChannel } from "../channels/sql-channel.js";
import { SqlError } from "../client/sql-client.js";
import { isUndecided, refusalOfDecision, undecided } from "./decision.js";
import type { PolicyGate } from "./policy-gate.js";
import type { UndecidedSubscriptions } from "./undecided-subscriptions.js";

export interface PolicyGuardDeps {
  readonly gate: PolicyGate;
  readonly clock: Clock;
  readonly undecided: UndecidedSubscriptions;
}

/** Gate 2 of SQL channels: the SELECT policies on realtime.channels. */
export class PolicyGuard implements IRealtimeGuard {
  readonly name = "row-level security";
  readonly #deps: PolicyGuardDeps;

  constructor(deps: PolicyGuardDeps) {
    this.#deps = deps;
  }

  subscribe(request: SubscribeRequest): Promise<void> | void {
    if (!isSqlChannel(request.address.channel)) return;
    return request.isRecheck ? this.#recheck(request) : this.#check(request);
  }

  /** An open subscription of the same user: where the database cannot decide, it stays open for a bounded time. */
  async #recheck(request: SubscribeRequest): Promise<void> {
    const { clock, undecided: kept } = this.#deps;
    const { awaySince, checkMs } = kept;
    const since = awaySince ?? clock.monotonic();
    let cancel = (): void => undefined;
    try {
      if (awaySince !== undefined) throw undecided(AWAY);
      const late = new Promise<never>((_, reject) => {
        cancel = clock.after(checkMs, () => reject(undecided(AWAY)));
      });
      await Promise.race([this.#check(request), late]);
    } catch (refusal) {
      if (!isUndecided(refusal) || !kept.keep(request, since)) throw refusal;
    } finally {
      cancel();
    }
  }

  async #check(request: SubscribeRequest): Promise<void> {
    const { gate, undecided: kept } = this.#deps;
    const { user, address } = request;
    const decision = await gate.subscribe(user, storedNameOf(address.name)).catch((cause: unknown) => {
      throw undecided(cause);
    });
    const refusal = refusalOfDecision(decision, address.name);
    if (refusal) throw refusal;
    kept.decided(request);
  }
}

const AWAY = new SqlError("The database did not decide in time.", { isUnavailable: true });
