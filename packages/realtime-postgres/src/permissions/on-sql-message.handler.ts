import type { RealtimeChannel, RealtimeHandler } from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import { refusalOfDecision, undecided } from "./decision.js";
import type { PolicyGate } from "./policy-gate.js";

/** The handler of SQL channels: the INSERT under the user's policies is the gate and the publish in one. Replies with the message's id. */
export function onSqlMessage(gate: PolicyGate): RealtimeHandler<RealtimeChannel> {
  return async ({ address: { name }, user, event, payload, messageId }) => {
    const request = { user, name: storedNameOf(name), event, payload: JSON.stringify(payload), messageId };
    const decision = await gate.publish(request).catch((cause: unknown) => {
      throw undecided(cause);
    });
    const refusal = refusalOfDecision(decision, name);
    if (refusal) throw refusal;
    return decision.kind === "allowed" ? { messageId: decision.messageId } : undefined;
  };
}
