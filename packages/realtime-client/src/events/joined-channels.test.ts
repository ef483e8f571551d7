import { expect, it } from "vitest";
import { scriptedClient } from "../testing/scripted-client.js";
import { withEvents } from "../with-events.js";

function eventClient() {
  const { client, clock, transport } = scriptedClient();
  const realtime = withEvents(client);
  const connect = async (): Promise<void> => {
    const connected = realtime.connect();
    await clock.advanceAsync(0);
    transport.link.welcome();
    await connected;
  };
  return { realtime, transport, connect };
}

it("takes names as the database has them, and shows them so in meta", async () => {
  const { realtime, transport, connect } = eventClient();
  await connect();
  const name = "user:mia@example.com";
  const joined = realtime.subscribe(name);
  transport.link.reply("subscribe", { channel: "user:mia%40example.com" });
  expect(await joined).toEqual({ ok: true, channel: name });
  const received: unknown[] = [];
  realtime.on("hello", ({ meta }) => received.push(meta.channel));
  transport.link.emit({
    type: "message",
    id: "m1",
    channel: "user:mia%40example.com",
    event: "hello",
    payload: {},
    at: 0,
    sender: { type: "system" },
  });
  expect(received).toEqual([name]);
  expect(realtime.getSubscribedChannels()).toEqual([name]);
});

it("has left every channel after disconnect(), and joins none of them when it connects again", async () => {
  const { realtime, transport, connect } = eventClient();
  await connect();
  const joined = realtime.subscribe("order:1");
  transport.link.reply("subscribe", { channel: "order:1" });
  expect(await joined).toMatchObject({ ok: true });
  realtime.disconnect();
  expect(realtime.getSubscribedChannels()).toEqual([]);
  await connect();
  expect(transport.link.of("subscribe")).toEqual([]); // of the new connection
});
