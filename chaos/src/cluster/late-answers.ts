import { setTimeout as passed } from "node:timers/promises";
import { between, type Random } from "../network/random";

const SLOWEST_MS = 12;

/** Hands answers on when it likes: half of them at once, the rest late, and at times overtaken. */
export function lateAnswers(random: Random) {
  return async <Answer>(answer: Answer): Promise<Answer> => {
    const ms = between(random, -SLOWEST_MS, SLOWEST_MS);
    if (ms > 0) await passed(ms);
    return answer;
  };
}
