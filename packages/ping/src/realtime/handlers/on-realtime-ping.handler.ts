import { senderOf, type IRealtimeBroadcaster, type RealtimeHandler } from "@repo/core-realtime";
import { realtimePingChannel } from "../realtime-ping.channel";

interface OnRealtimePingDeps {
  readonly realtime: IRealtimeBroadcaster;
}

/** Broadcasts the sender of a ping, then replies; the nonce lets a client find its own ping in both. */
export const onRealtimePing =
  ({ realtime }: OnRealtimePingDeps): RealtimeHandler<typeof realtimePingChannel> =>
  async ({ payload: { nonce }, user }) => {
    await realtime.broadcast(realtimePingChannel, "pinged", { nonce }, { sender: senderOf(user) });
    return { nonce };
  };
