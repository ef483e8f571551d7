import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as passed } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { ChaosProxy } from "./chaos-proxy";
import type { Fault } from "./fault";
import { createRandom } from "./random";

/** A client, the server's end of its connection, and the proxy between. */
async function openConnection() {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy = await ChaosProxy.open((server.address() as AddressInfo).port, createRandom(1));
  const ends: Socket[] = [];
  const call = async () => {
    const near = connect(proxy.port, "127.0.0.1").on("error", () => undefined);
    ends.push(near);
    const [far] = (await once(server, "connection")) as [Socket];
    ends.push(far.on("error", () => undefined));
    return { near, far };
  };
  onTestFinished(async () => {
    await proxy.close();
    for (const end of ends) end.destroy();
    server.close();
  });
  return { ...(await call()), call, proxy, strike: (fault: Fault) => proxy.strike({ atMs: 0, aim: 0, fault }) };
}

async function bytes(socket: Socket, count: number): Promise<{ readonly text: string; readonly pieces: number }> {
  const pieces: Buffer[] = [];
  while (Buffer.concat(pieces).length < count) pieces.push(((await once(socket, "data")) as [Buffer])[0]);
  return { text: Buffer.concat(pieces).toString(), pieces: pieces.length };
}

it("passes both directions on, and the end", async () => {
  const { near, far } = await openConnection();
  near.write("up");
  far.write("down");
  expect((await bytes(far, 2)).text).toBe("up");
  expect((await bytes(near, 4)).text).toBe("down");
  near.end();
  await once(far, "end");
});

it("cuts both ends", async () => {
  const { near, far, proxy, strike } = await openConnection();
  const ended = Promise.all([near, far].map((end) => new Promise((resolve) => end.once("close", resolve))));
  strike({ kind: "cut" });
  await ended;
  expect(proxy.kills).toBe(1);
});

it("half-closes a connection: the client receives all that the server sends, the server receives nothing more", async () => {
  const { near, far, strike } = await openConnection();
  const received: unknown[] = [];
  near.on("data", (chunk) => received.push(chunk));
  const ended = Promise.all([near, far].map((end) => new Promise((resolve) => end.once("close", resolve))));
  strike({ kind: "fade", forMs: 60 });
  near.write("up");
  far.write("lost");
  expect((await bytes(far, 2)).text).toBe("up");
  await ended;
  expect(received).toEqual([]);
});

it("swallows both directions of a half-open connection and closes neither end", async () => {
  const { near, far, call, strike } = await openConnection();
  const reported: string[] = [];
  for (const event of ["data", "end", "close"]) far.on(event, () => reported.push(event));
  strike({ kind: "half-open" });
  near.write("lost");
  near.destroy();
  const second = await call();
  second.near.write("x");
  await bytes(second.far, 1); // so the proxy had its turns
  expect(reported).toEqual([]);
});

it("splits bytes without changing them", async () => {
  const { near, far, strike } = await openConnection();
  const text = "0123456789".repeat(20);
  strike({ kind: "split", largest: 3, forMs: 60_000 });
  near.write(text);
  const arrived = await bytes(far, text.length);
  expect(arrived.text).toBe(text);
  expect(arrived.pieces).toBeGreaterThan(10);
});

it("delays bytes", async () => {
  const { near, far, strike } = await openConnection();
  strike({ kind: "delay", ms: 80, forMs: 60_000 });
  const began = performance.now();
  near.write("late");
  await bytes(far, 4);
  expect(performance.now() - began).toBeGreaterThan(70);
});

it("stalls a connection until the sender feels it, and loses nothing", async () => {
  const { near, far, proxy, strike } = await openConnection();
  const chunk = Buffer.alloc(64 * 1024, "x");
  let sent = 0;
  strike({ kind: "stall", forMs: 60_000 });
  for (let quiet = 0; quiet < 5; quiet = far.writableLength > 0 ? quiet + 1 : 0) {
    far.write(chunk);
    sent += chunk.length;
    await passed(1); // the kernel takes its time to be full
  }
  proxy.heal();
  expect((await bytes(near, sent)).text).toHaveLength(sent);
});

it("kills every connection in a blackout; a client that connects meanwhile gets through when it is over", async () => {
  const { near, far, call, proxy, strike } = await openConnection();
  strike({ kind: "blackout", forMs: 60_000 });
  const late = call();
  near.write("lost");
  proxy.heal();
  const second = await late;
  second.near.write("x");
  expect((await bytes(second.far, 1)).text).toBe("x");
  expect(far.bytesRead).toBe(0);
  expect(proxy.kills).toBe(1);
});
