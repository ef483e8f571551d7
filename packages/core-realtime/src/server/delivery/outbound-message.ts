import type { OverflowPolicy } from "../../channel/channel-policies.js";
import type { OutboundMessage } from "../../seams/server.seam.js";
import { messageText } from "../../wire/message-text.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";

/** An envelope as the message frame of a channel number: encoded once for all subscribers of this node. */
export function outboundMessage(number: number, envelope: SealedEnvelope, overflow: OverflowPolicy): OutboundMessage {
  const { channel, position } = envelope;
  const text = messageText(number, envelope);
  if (overflow.kind !== "conflate") return { channel, text, overflow: overflow.kind, slot: "", position };
  const key = keyOf(envelope, overflow.keyOf);
  if (key === undefined) return { channel, text, overflow: "close", slot: "", position }; // without a key nothing may be skipped
  return { channel, text, overflow: "conflate", slot: `${channel}\n${key}`, position };
}

function keyOf({ json }: SealedEnvelope, read: (payload: unknown) => string): string | undefined {
  try {
    return String(read(json === undefined ? undefined : JSON.parse(json)));
  } catch {
    return undefined; // the app's own function; delivering must not throw
  }
}
