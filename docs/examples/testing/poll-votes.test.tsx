// poll-votes.test.tsx
// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createRealtimeClient } from "fourgate/client";
import { memory } from "fourgate/client/memory";
import { createRealtime, InMemoryRealtimeServer } from "fourgate/server";
import { expect, it, onTestFinished } from "vitest";
import { PollVotes, RealtimeProvider } from "./poll-votes.js";
import { pollChannel } from "../first-channel/polls.channel.js";
import { onVote, tallyOf } from "../first-channel/polls.handler.js";

/** The component, beside a real server without a port. */
async function renderPoll(pollId: string) {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.register(pollChannel, { handler: onVote, opening: ({ params }) => tallyOf(params.pollId) });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const client = createRealtimeClient<typeof pollChannel>({ url: "/", transports: [memory(server)] });
  onTestFinished(async () => {
    cleanup();
    client.disconnect();
    await realtime.close({ drainMs: 1 });
  });
  render(
    <RealtimeProvider client={client}>
      <PollVotes pollId={pollId} />
    </RealtimeProvider>,
  );
}

it("shows the new tally after a vote", async () => {
  await renderPoll("lunch");
  await screen.findByText("0 yes, 0 no");
  fireEvent.click(screen.getByText("Yes"));
  await screen.findByText("1 yes, 0 no");
});

it("shows why a channel is refused", async () => {
  await renderPoll("dinner"); // there is no such poll
  expect((await screen.findByRole("alert")).textContent).toContain("You may not use this channel.");
});
