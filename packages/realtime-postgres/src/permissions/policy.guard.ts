import type { IRealtimeGuard, SubscribeRequest } from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import { isSqlChannel } from "../channels/sql-channel.js";
import { refusalOfDecision, undecided } from "./decision.js";
import type { PolicyGate } from "./policy-gate.js";

/** Gate 2 of SQL channels: the SELECT policies on realtime.channels. */
export class PolicyGuard implements IRealtimeGuard {
  readonly name = "row-level security";
  readonly #gate: PolicyGate;

  constructor(gate: PolicyGate) {
    this.#gate = gate;
  }

  subscribe({ address, user }: SubscribeRequest): Promise<void> | void {
    if (isSqlChannel(address.channel)) return this.#decide(user, address.name);
  }

  async #decide(user: SubscribeRequest["user"], name: string): Promise<void> {
    const decision = await this.#gate.subscribe(user, storedNameOf(name)).catch((cause: unknown) => {
      throw undecided(cause);
    });
    const refusal = refusalOfDecision(decision, name);
    if (refusal) throw refusal;
  }
}
