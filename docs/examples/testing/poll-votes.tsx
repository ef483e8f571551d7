// poll-votes.tsx
import { createRealtimeHooks } from "fourgate/react";
import type { pollChannel } from "../first-channel/polls.channel.js";

export const { RealtimeProvider, useChannel } = createRealtimeHooks<typeof pollChannel>();

export function PollVotes({ pollId }: { readonly pollId: string }) {
  const { latest, opening, status, error, publish } = useChannel("polls.{pollId}", { pollId });
  const { yes, no } = latest?.payload ?? opening ?? { yes: 0, no: 0 };
  if (status === "refused") return <p role="alert">{error?.message}</p>;
  return (
    <>
      <output>{`${yes} yes, ${no} no`}</output>
      <button onClick={() => void publish("vote", { answer: "yes" })}>Yes</button>
    </>
  );
}
