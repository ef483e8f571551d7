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
    const { handle, received } = listenTo(clientOf(server, { transports: [transport] }));
    await expect.poll(() => handle.status).toBe("subscribed");
    for (const n of [1, 2, 3]) await server.publish(n);
    await expect.poll(() => received).toEqual([1, 2, 3]);
    server.cut();
    for (const n of [4, 5, 6]) await server.publish(n);
    await expect.poll(() => received, { timeout: 10_000 }).toEqual(upTo(6));
    expect(unsent.filter(({ type }) => type !== "ping")).toEqual([]);
  });

  it("sends what does not fit as it sends everything else", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [make()] });
    const logs = upTo(40).map((logId) => listenTo(client, `${logId}`));
    for (const { handle } of logs) await expect.poll(() => handle.status).toBe("subscribed");
    for (const logId of upTo(40)) await server.publish(logId, `${logId}`);
    for (const [index, { received }] of logs.entries()) await expect.poll(() => received).toEqual([index + 1]);
  });
});
