import type { RealtimeChannel, Schema } from "@repo/core-realtime";
import { refusal } from "../realtime-refusal.js";
import type { ChannelCheck } from "./join-options.js";

/** Reads payloads and openings by the schemas that a channel value brings along. They must be synchronous: order cannot wait. */
export function checkPayload({ payload, opening }: RealtimeChannel): ChannelCheck {
  const schemas = payload as Partial<Schema> & Readonly<Record<string, Schema | undefined>>; // one schema, one for any event, or a map
  return {
    message(envelope) {
      const standard = schemas["~standard"] ?? (schemas["~any"] ?? schemas[envelope.event])?.["~standard"];
      return { ...envelope, payload: read(standard, envelope.payload) };
    },
    opening: (value) => (opening ? read(opening["~standard"], value) : value),
  };
}

function read(standard: Schema["~standard"] | undefined, value: unknown): unknown {
  const result = standard?.validate(value);
  if (result && "value" in result) return result.value;
  throw refusal("PAYLOAD_INVALID");
}
