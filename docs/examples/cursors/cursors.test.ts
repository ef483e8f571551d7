import { createRealtimeClient } from "fourgate/client";
import { memory } from "fourgate/client/memory";
import { createRealtime, InMemoryRealtimeServer } from "fourgate/server";
import { byToken } from "fourgate/testing";
import { expect, it, onTestFinished } from "vitest";
import { cursorsChannel } from "./cursors.channel.js";
import { followCursors } from "./follow-cursors.js";
import { onMove } from "./on-move.handler.js";

it("shows where the other points, with the last place of a movement", async () => {
  const people = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } };
  const realtime = createRealtime({ authenticator: byToken(people) });
  realtime.registry.register(cursorsChannel, onMove);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(() => realtime.close({ drainMs: 1 }));
  const enter = (name: string) => {
    const client = createRealtimeClient<typeof cursorsChannel>({
      url: "/",
      transports: [memory(server)],
      auth: () => name,
    });
    const seen: { current: readonly unknown[] } = { current: [] };
    const cursors = followCursors(client, "7", (shown) => (seen.current = [...shown.values()]));
    onTestFinished(() => {
      cursors.close();
      client.disconnect();
    });
    return { ...cursors, seen };
  };
  const mia = enter("mia");
  const sam = enter("sam");
  await expect.poll(() => realtime.census()).toMatchObject([{ audience: 2 }]);

  for (let step = 0; step <= 20; step += 1) mia.move({ x: step / 20, y: 0.5 });
  await expect.poll(() => sam.seen.current).toEqual([{ x: 1, y: 0.5, userId: "mia" }]);
});
