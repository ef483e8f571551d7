import type { IRealtimeHistory } from "@repo/core-realtime";
import type { Random } from "../network/random";
import { lateReplies } from "./late-replies";

/**
 * A history across a network: it takes things in order, and replies at random times, at times at once, at times overtaken.
 * Only so do messages come before the reply to a subscribe, and some of those in the reply once more.
 */
export function slowHistory(history: IRealtimeHistory, random: Random): IRealtimeHistory {
  const later = lateReplies(random);
  return {
    append: async (entry) => later(await history.append(entry)),
    read: async (channel, query, policy) => later(await history.read(channel, query, policy)),
    close: () => history.close(),
  };
}
