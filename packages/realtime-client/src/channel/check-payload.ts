import type { RealtimeChannel, Schema } from "@repo/core-realtime";
import { refusal } from "../realtime-refusal.js";
import type { PayloadCheck } from "./create-subscription.js";

/** Reads payloads by the schemas that a channel value brings along. They must answer at once: order cannot wait. */
export function checkPayload({ name, payload: schemas }: RealtimeChannel): PayloadCheck {
  return (envelope) => {
    const { event } = envelope;
    const schema = "~standard" in schemas ? (schemas as Schema) : (schemas as Readonly<Record<string, Schema>>)[event];
    const verdict = schema?.["~standard"].validate(envelope.payload);
    if (!verdict || !("value" in verdict))
      throw refusal("PAYLOAD_INVALID", `A message "${event}" of ${name} does not fit its schema.`);
    return { ...envelope, payload: verdict.value };
  };
}
