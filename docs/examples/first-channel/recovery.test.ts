// src/realtime/recovery.test.ts
import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { pollChannel } from "./polls.channel.js";
import { onVote, tallyOf } from "./polls.handler.js";

it("delivers the votes that a client has missed, in order", async () => {
  const harness = await createRealtimeHarness({
    handlers: ({ registry }) =>
      registry.register(pollChannel, { handler: onVote, opening: ({ params }) => tallyOf(params.pollId) }),
  });
  const poll = pollChannel.at({ pollId: "lunch" });
  const mia = await harness.client();
  const sam = await harness.client();
  await mia.subscribe(poll);
  const { position } = await sam.subscribe(poll);

  sam.close(); // the connection is lost
  await mia.send(poll, "vote", { answer: "no" });
  await mia.send(poll, "vote", { answer: "no" });

  const samAgain = await harness.client();
  const { recovered, messages } = await samAgain.subscribe(poll, { since: position }); // as the client does by itself
  expect(recovered).toBe(true);
  expect(messages).toMatchObject([{ payload: { no: 1 } }, { payload: { no: 2 } }]);
  await harness.close();
});
