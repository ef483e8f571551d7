import { randomUUID } from "node:crypto";
import type { Clock } from "../../seams/clock.js";
import type { RealtimeSender } from "../../wire/envelope.js";
import { broadcastGate, publicationOf } from "../gates/broadcast.gate.js";
import type { DirectSend } from "../gates/handler-message.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { ChannelTable } from "./channel-table.js";

export interface DirectSendDeps {
  readonly channels: ChannelTable;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
}

const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });

/** A message for one session, past history and broker: gate 4, then the session's own connection. */
export function directSend({ channels, clock, limits }: DirectSendDeps): DirectSend {
  return async (session, address, message) => {
    const publication = publicationOf(address.channel, message);
    const json = await broadcastGate(address, publication, limits.maxBroadcastBytes);
    const { event, options } = publication;
    const { sender = SYSTEM } = options;
    const envelope = { id: randomUUID(), channel: address.name, event, json, at: clock.now(), sender };
    return channels.get(address.name)?.sendTo(session, envelope) ?? false;
  };
}
