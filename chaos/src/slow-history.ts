import { setTimeout as passed } from "node:timers/promises";
import type { IRealtimeHistory } from "@repo/core-realtime";
import { between, type Random } from "@repo/core-testing/chaos";

const SLOWEST_MS = 12;

/**
 * A history across a network: it takes things in order, and answers when it likes, at times at once, at times overtaken.
 * Only so do messages come before the reply to a subscribe, and some of those in the reply once more.
 */
export function slowHistory(history: IRealtimeHistory, random: Random): IRealtimeHistory {
  const later = async <Answer>(answer: Answer): Promise<Answer> => {
    const ms = between(random, -SLOWEST_MS, SLOWEST_MS);
    if (ms > 0) await passed(ms);
    return answer;
  };
  return {
    append: async (entry) => later(await history.append(entry)),
    read: async (channel, query, policy) => later(await history.read(channel, query, policy)),
    close: () => history.close(),
  };
}
