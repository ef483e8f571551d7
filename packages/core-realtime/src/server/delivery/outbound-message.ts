import type { OverflowPolicy } from "../../channel/channel-policies.js";
import type { OutboundMessage } from "../../seams/server.seam.js";
import { messageText } from "../../wire/message-text.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";

/** An envelope as the message frame of a channel number: encoded once for all subscribers of this node. */
export function outboundMessage(number: number, envelope: SealedEnvelope, overflow: OverflowPolicy): OutboundMessage {
  const { channel, position } = envelope;
  const text = messageText(number, envelope);
  if (overflow.kind !== "conflate") return { channel, text, overflow: overflow.kind, slot: "", position };
  return { channel, text, overflow: "conflate", slot: slotOf(envelope, overflow.keyOf), position };
}

let unkeyed = 0;

function slotOf({ channel, json }: SealedEnvelope, keyOf: (payload: unknown) => string): string {
  try {
    return `${channel}\n${keyOf(json === undefined ? undefined : JSON.parse(json))}`;
  } catch {
    return `${channel}\n\n${(unkeyed += 1)}`; // the app's own function failed: a slot of its own replaces nothing, and keeps the channel's order
  }
}
