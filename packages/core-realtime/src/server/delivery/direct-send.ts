import type { Clock } from "../../seams/clock.js";
import type { RealtimeSender } from "../../wire/envelope.js";
import { publicationOf } from "../gates/broadcast.gate.js";
import { TimedBroadcastGate } from "../gates/timed-broadcast-gate.js";
import type { ChannelAddress } from "../../channel/channel-address.js";
import { NO_ID } from "../../wire/message-text.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import type { DirectSend, GroupSend } from "../gates/handler-message.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";
import type { ChannelTable } from "./channel-table.js";

export interface DirectSendDeps {
  readonly channels: ChannelTable;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
}

const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });

/** A message for one session, past history and broker: gate 4, then the session's own connection. */
export function directSend(deps: DirectSendDeps): DirectSend {
  const seal = sealer(deps);
  return async (session, address, message) => {
    const envelope = await seal(address, message);
    return deps.channels.get(address.name)?.sendTo(session, envelope) ?? false;
  };
}

export interface GroupSendDeps extends DirectSendDeps {
  readonly sessions: Pick<SessionTable, "ofConnection">;
}

/** The same for several sessions of this node: one pass through gate 4, and one frame per channel. */
export function groupSend(deps: GroupSendDeps): GroupSend {
  const { channels, sessions } = deps;
  const seal = sealer(deps);
  return async (subscribers, address, message) => {
    const envelope = await seal(address, message);
    const byChannel = new Map<string, RealtimeSession[]>();
    for (const { connectionId, channel } of subscribers) {
      const session = sessions.ofConnection(connectionId);
      if (!session) continue;
      const group = byChannel.get(channel);
      if (group) group.push(session);
      else byChannel.set(channel, [session]);
    }
    let count = 0;
    for (const [name, group] of byChannel) {
      const channel = channels.get(name);
      if (channel?.found.address.channel.name === address.channel.name)
        count += channel.sendToAll(group, { ...envelope, channel: name });
    }
    return count;
  };
}

/** Gate 4, within a handler's time also where an opening sends long after it has returned. */
function sealer({ clock, limits }: DirectSendDeps) {
  const gate = new TimedBroadcastGate({ clock, limits });
  return async (address: ChannelAddress, message: readonly unknown[]): Promise<SealedEnvelope> => {
    const publication = publicationOf(address.channel, message);
    const json = await gate.pass(address, publication);
    const { event, options } = publication;
    const { sender = SYSTEM } = options;
    return { id: NO_ID, channel: address.name, event, json, at: clock.now(), sender };
  };
}
