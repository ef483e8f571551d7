import type { IRealtimeHistory } from "@repo/core-realtime";
import type { Random } from "../network/random";
import { lateReplies } from "./late-replies";

/**
 * A history across a network: it takes entries in order, and replies at random times: at once, late, or overtaken by a later reply.
 * Only then do messages arrive before the reply to a subscribe, and some of those in the reply twice.
 */
export function slowHistory(history: IRealtimeHistory, random: Random): IRealtimeHistory {
  const later = lateReplies(random);
  return {
    append: async (entry) => later(await history.append(entry)),
    read: async (channel, query, policy) => later(await history.read(channel, query, policy)),
    close: () => history.close(),
  };
}
