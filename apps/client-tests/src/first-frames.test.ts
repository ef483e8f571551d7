import type { ClientFrame } from "@repo/core-realtime";
import type { IRealtimeTransport } from "@repo/realtime-client";
import { describe, expect, it } from "vitest";
import { clientOf, listenTo, serverUp, upTo } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

/** Opens links, and sends nothing over them: what the server does, it does by the request that opened the link. */
function mute(transport: IRealtimeTransport) {
  const unsent: ClientFrame[] = [];
  const open: IRealtimeTransport["open"] = (request, events) => {
    const link = transport.open(request, events);
    return { send: (frame) => void unsent.push(frame), close: () => link.close() };
  };
  return { unsent, transport: { name: transport.name, carriesFirst: transport.carriesFirst, open } };
}

describe.each(Object.entries(TRANSPORTS))("over %s", (_, make) => {
  it("is subscribed and receives a message without having sent a frame, and recovers so after a cut", async () => {
    const server = await serverUp();
    const { transport, unsent } = mute(make());
    const { handle, heard } = listenTo(clientOf(server, { transports: [transport] }));
    await expect.poll(() => handle.status).toBe("subscribed");
    for (const line of [1, 2, 3]) await server.tell(line);
    await expect.poll(() => heard).toEqual([1, 2, 3]);
    server.cut();
    for (const line of [4, 5, 6]) await server.tell(line);
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(upTo(6));
    expect(unsent.filter(({ type }) => type !== "ping")).toEqual([]);
  });

  it("sends what does not fit as it sends everything else", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [make()] });
    const stories = upTo(40).map((storyId) => listenTo(client, `${storyId}`));
    for (const { handle } of stories) await expect.poll(() => handle.status).toBe("subscribed");
    for (const storyId of upTo(40)) await server.tell(storyId, `${storyId}`);
    for (const [index, { heard }] of stories.entries()) await expect.poll(() => heard).toEqual([index + 1]);
  });
});
