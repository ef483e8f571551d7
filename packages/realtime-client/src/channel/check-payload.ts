import type { RealtimeChannel, Schema } from "@repo/core-realtime";
import { refusal } from "../realtime-refusal.js";
import type { PayloadCheck } from "./join-options.js";

/** Reads payloads by the schemas that a channel value brings along. They must answer at once: order cannot wait. */
export function checkPayload({ payload }: RealtimeChannel): PayloadCheck {
  const schemas = payload as Partial<Schema> & Readonly<Record<string, Schema | undefined>>; // one schema, one for any event, or a map
  return (envelope) => {
    const standard = schemas["~standard"] ?? (schemas["~any"] ?? schemas[envelope.event])?.["~standard"];
    const verdict = standard?.validate(envelope.payload);
    if (verdict && "value" in verdict) return { ...envelope, payload: verdict.value };
    throw refusal("PAYLOAD_INVALID");
  };
}
