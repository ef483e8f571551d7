// src/realtime/polls.test.ts
import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { pollChannel } from "./polls.channel.js";
import { onVote, tallyOf } from "./polls.handler.js";

it("sends the new tally to everybody who follows the poll", async () => {
  const harness = await createRealtimeHarness({
    handlers: ({ registry }) =>
      registry.register(pollChannel, { handler: onVote, opening: ({ params }) => tallyOf(params.pollId) }),
  });
  const poll = pollChannel.at({ pollId: "lunch" });
  const mia = await harness.client();
  const sam = await harness.client();
  await mia.subscribe(poll);
  await sam.subscribe(poll);
  await mia.send(poll, "vote", { answer: "yes" });
  expect(sam.received(poll)).toMatchObject([{ event: "tally", payload: { yes: 1, no: 0 } }]);
  await harness.close();
});
