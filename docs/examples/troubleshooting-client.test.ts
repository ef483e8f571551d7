import { createRealtimeClient } from "fourgate/client";
import { memory } from "fourgate/client/memory";
import { createRealtime, InMemoryRealtimeServer } from "fourgate/server";
import { expect, it, onTestFinished } from "vitest";
import { pollChannel } from "./first-channel/polls.channel.js";
import { onVote, tallyOf } from "./first-channel/polls.handler.js";

/** A client of a real server, as the guide on troubleshooting speaks of it. */
async function connect() {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.register(pollChannel, { handler: onVote, opening: ({ params }) => tallyOf(params.pollId) });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const client = createRealtimeClient<typeof pollChannel>({ url: "/", transports: [memory(server)] });
  onTestFinished(async () => {
    client.disconnect();
    await realtime.close({ drainMs: 1 });
  });
  return client.channel("polls.{pollId}", { pollId: "lunch" });
}

it("rejects a publish with NOT_SUBSCRIBED before somebody listens, and not afterwards", async () => {
  const poll = await connect();
  await expect(poll.publish("vote", { answer: "yes" })).rejects.toMatchObject({ code: "NOT_SUBSCRIBED" });
  poll.on("tally", () => undefined);
  await poll.publish("vote", { answer: "yes" });
});

it("refuses with PAYLOAD_INVALID what the compiler cannot see, and runs no handler", async () => {
  const poll = await connect();
  const tallies: unknown[] = [];
  poll.on("tally", (tally) => tallies.push(tally));
  const untyped = poll as { publish(event: string, payload: unknown): Promise<unknown> };
  await expect(untyped.publish("vote", { answer: "maybe" })).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  expect(tallies).toEqual([]);
});
