import { RealtimeError, type IRealtimeGuard } from "@repo/core-realtime";
import { liveQueryChannel } from "@repo/live-query";

/** Embedded pages subscribe to live queries, whose rows row-level security decides on, and to nothing else of this app. */
export const embedGuard: IRealtimeGuard = {
  name: "embed",
  subscribe({ address, user }) {
    if (user?.roles.includes("embed") && address.channel.name !== liveQueryChannel.name)
      throw new RealtimeError("UNAUTHORIZED");
  },
};
