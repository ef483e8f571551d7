import type { RealtimeChannel, RealtimeHandler } from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import { refusalOf, undecided } from "./decision.js";
import type { PolicyGate } from "./policy-gate.js";

/** The handler of SQL channels: the INSERT under the user's policies is the gate and the publish in one. Replies with the message's id. */
export function onSqlMessage(gate: PolicyGate): RealtimeHandler<RealtimeChannel> {
  return async ({ address: { name }, user, event, payload }) => {
    const request = { user, name: storedNameOf(name), event, payload: JSON.stringify(payload) };
    const decision = await gate.publish(request).catch((cause: unknown) => {
      throw undecided(cause);
    });
    const refusal = refusalOf(decision, name);
    if (refusal) throw refusal;
    return decision.kind === "allowed" ? { messageId: decision.messageId } : undefined;
  };
}
