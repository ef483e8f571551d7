import { setTimeout as passed } from "node:timers/promises";
import { between, type Random } from "../network/random";

const SLOWEST_MS = 12;

/** Returns replies at random times: half of them at once, the rest late, and at times overtaken. */
export function lateReplies(random: Random) {
  return async <Reply>(reply: Reply): Promise<Reply> => {
    const ms = between(random, -SLOWEST_MS, SLOWEST_MS);
    if (ms > 0) await passed(ms);
    return reply;
  };
}
