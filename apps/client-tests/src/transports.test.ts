import { describe, expect, it } from "vitest";
import { clientOf, listenTo, serverUp, upTo } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

describe.each(Object.entries(TRANSPORTS))("over %s", (_, transport) => {
  it("receives what the server publishes, and the reply to a message", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()] });
    const { handle, received } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    for (const n of upTo(20)) await server.publish(n);
    await expect.poll(() => received).toEqual(upTo(20));
    await expect(handle.publish({ note: "thanks" })).resolves.toEqual({ noted: 1 });
    expect(client.state).toMatchObject({ status: "connected", userId: "mia" });
    await expect.poll(() => client.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it("receives which right is missing, and why a message does not fit", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()] });
    const back = client.channel("back");
    back.subscribe(() => undefined);
    await expect.poll(() => back.state.error?.code).toBe("UNAUTHORIZED");
    const { handle } = listenTo(client);
    await expect(handle.publish({ note: 7 } as never)).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  });

  it("loses nothing and doubles nothing when every connection is cut, again and again (001-57)", async () => {
    const server = await serverUp();
    const { handle, received } = listenTo(clientOf(server, { transports: [transport()] }));
    await expect.poll(() => handle.status).toBe("subscribed");
    for (const n of upTo(60)) {
      if (n % 12 === 0) server.cut();
      await server.publish(n);
      if (n % 12 === 6) await expect.poll(() => received.at(-1), { timeout: 10_000 }).toBe(n);
    }
    await expect.poll(() => received, { timeout: 10_000 }).toEqual(upTo(60));
  }, 30_000);

  it("recovers from a kill of the server between messages, and receives once what was published meanwhile", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()] });
    const { handle, received } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    for (const n of upTo(10)) await server.publish(n);
    await expect.poll(() => received.length).toBe(10);
    await server.kill();
    await expect.poll(() => client.state.status).not.toBe("connected");
    const notes = ["a", "b", "c"].map((note) => handle.publish({ note }));
    await server.start();
    for (const n of [11, 12, 13]) await server.publish(n);
    await expect.poll(() => received, { timeout: 10_000 }).toEqual(upTo(13));
    await expect(Promise.all(notes)).resolves.toEqual([{ noted: 1 }, { noted: 2 }, { noted: 3 }]);
    expect(server.notes).toEqual(["a", "b", "c"]);
  }, 30_000);

  it("stays away when the sign-in is refused, and reports it", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()], auth: () => "unknown" });
    client.connect();
    await expect.poll(() => client.state).toMatchObject({ status: "stopped", error: { code: "UNAUTHENTICATED" } });
  });

  it("is put out by the server at once, and does not come back", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()] });
    const { handle, received } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    await server.realtime.expel({ userId: "mia" });
    await server.publish(1);
    await expect.poll(() => client.state).toMatchObject({ status: "stopped", error: { code: "EXPELLED" } });
    expect(received).toEqual([]);
  });

  it("goes with a server that drains, and comes to the next", async () => {
    const server = await serverUp();
    const client = clientOf(server, { transports: [transport()] });
    const { handle, received } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    await server.close();
    await server.start();
    await server.publish(1);
    await expect.poll(() => received, { timeout: 10_000 }).toEqual([1]);
  }, 20_000);
});
