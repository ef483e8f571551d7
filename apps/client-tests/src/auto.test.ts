import { auto } from "@repo/realtime-client/auto";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { clientOf, listenTo, serverUp } from "./stage.js";
import { nodeWs } from "./transports-under-test.js";

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it("takes WebSockets where they get through", async () => {
  const server = await serverUp();
  const client = clientOf(server, { transports: [auto({ first: nodeWs(), memory: memory() })] });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status).toBe("subscribed");
  expect(client.transport).toBe("ws");
});

it("falls to SSE and POST where the upgrade is refused, in the same attempt, and loses nothing", async () => {
  const server = await serverUp();
  server.refusesUpgrades = true;
  const client = clientOf(server, { transports: [auto({ first: nodeWs(), memory: memory() })] });
  const { handle, received } = listenTo(client);
  await expect.poll(() => handle.status).toBe("subscribed");
  await server.publish(1);
  await expect(handle.publish({ note: "by POST" })).resolves.toEqual({ noted: 1 });
  await expect.poll(() => received).toEqual([1]);
  expect(client.transport).toBe("sse");
  expect(client.state).toMatchObject({ status: "connected", attempt: 0 });
});

it("remembers it: the next page requests no upgrade", async () => {
  const server = await serverUp();
  server.refusesUpgrades = true;
  const kept = memory();
  const page = async () => {
    const client = clientOf(server, { transports: [auto({ first: nodeWs(), memory: kept })] });
    const { handle } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    client.disconnect();
  };
  await page();
  server.requests.length = 0;
  await page();
  expect(server.requests.filter((request) => request.startsWith("UPGRADE"))).toEqual([]);
});

it("does not take a server that is away for a proxy that refuses upgrades", async () => {
  const server = await serverUp();
  const client = clientOf(server, { transports: [auto({ first: nodeWs(), memory: memory() })] });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status).toBe("subscribed");
  await server.kill();
  await expect.poll(() => client.state.status).toBe("waiting");
  await server.start();
  await expect.poll(() => handle.status).toBe("subscribed");
  expect(client.transport).toBe("ws");
});

it("falls to SSE where a proxy swallows the upgrade and sends nothing", async () => {
  const server = await serverUp();
  const mute = await listening(createServer(() => undefined));
  const first = nodeWs();
  const swallowed = { name: "ws", open: (request: { token: string | undefined }, events: never) => first.open({ ...request, url: mute.url }, events) }; // prettier-ignore
  const client = clientOf(server, { transports: [auto({ first: swallowed, memory: memory(), patienceMs: 100 })] });
  const { handle } = listenTo(client);
  await expect.poll(() => handle.status).toBe("subscribed");
  expect(client.transport).toBe("sse");
  client.disconnect();
  mute.server.close();
});

async function listening(server: Server): Promise<{ readonly url: string; readonly server: Server }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
