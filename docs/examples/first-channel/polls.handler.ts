// src/realtime/polls.handler.ts
import { RealtimeError, type RealtimeHandler } from "fourgate";
import type { pollChannel } from "./polls.channel.js";

/** The votes of one poll. */
export interface Tally {
  readonly yes: number;
  readonly no: number;
}

const tallies = new Map<string, Tally>([["lunch", { yes: 0, no: 0 }]]); // this example's database: one poll

/** What a browser receives when it subscribes. A client chooses the name of a channel: a poll that does not exist is refused. */
export function tallyOf(pollId: string): Tally {
  const tally = tallies.get(pollId);
  if (tally === undefined) throw new RealtimeError("UNAUTHORIZED", { detail: "There is no such poll." });
  return tally;
}

/** Counts a vote, and sends the new tally to everybody who follows the poll. */
export const onVote: RealtimeHandler<typeof pollChannel> = async ({ params, payload, broadcast }) => {
  const before = tallyOf(params.pollId);
  const tally = { ...before, [payload.answer]: before[payload.answer] + 1 };
  tallies.set(params.pollId, tally);
  await broadcast("tally", tally);
};
