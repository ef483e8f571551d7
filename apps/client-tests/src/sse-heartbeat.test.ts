import { RecordingObserver } from "@repo/core-testing";
import { sse } from "@repo/realtime-client/sse";
import { expect, it } from "vitest";
import { clientOf, listenTo, serverUp } from "./stage.js";

const BEATS = { pingMs: 400, pongMs: 400 };

/** A browser's timers stand nearly still in a hidden tab; its network does not. */
const hiddenTab = { now: () => Date.now(), after: () => () => undefined };

it("shows the server that a hidden tab still reads, while one that only takes bytes is given up", async () => {
  const observer = new RecordingObserver();
  const server = await serverUp({ limits: BEATS, observers: [observer] });
  const client = clientOf(server, { transports: [sse()], clock: hiddenTab });
  const { handle, received } = listenTo(client);
  await expect.poll(() => handle.status).toBe("subscribed");
  const before = client.state;
  const publishing = setInterval(() => void server.publish(1), 50);
  for (const _silent of ["one", "another"]) {
    const headers = { accept: "text/event-stream", authorization: "Bearer tom" };
    const taken = await (await fetch(`${server.origin}/realtime`, { headers })).text(); // until the server ends it
    expect(taken).toContain("HEARTBEAT_LOST");
  }
  clearInterval(publishing);
  expect(client.state).toBe(before);
  expect(received.length).toBeGreaterThan(10);
  expect(client.latencyMs).toBeLessThan(BEATS.pingMs); // the heartbeat's own pongs are not taken as replies
  expect(observer.of("disconnected").map(({ connection }) => connection.user?.userId)).toEqual(["tom", "tom"]);
});
