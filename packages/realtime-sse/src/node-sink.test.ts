import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { NodeSink } from "./node-sink.js";

const HEAD = "data: 1\n\n";
const EVENT = Buffer.from("data: 2\n\n");
const AS_CHUNKS = `9\r\n${HEAD}\r\n9\r\n${String(EVENT)}\r\n0\r\n\r\n`;

it("writes whole chunks to the socket, one buffer for all that are sent the same", async () => {
  const [mia, sam] = [await openStream(), await openStream()];
  const written: unknown[] = [];
  for (const { response, sink } of [mia, sam]) {
    sink.write(Buffer.from(HEAD));
    const { socket } = response;
    if (!socket) return expect.unreachable();
    const writes = vi.spyOn(socket, "write");
    sink.write(EVENT);
    written.push(...writes.mock.calls.map(([chunk]) => chunk));
  }
  expect(written).toEqual([Buffer.from(`9\r\n${String(EVENT)}\r\n`), written[0]]);
  expect(written[1]).toBe(written[0]);
  for (const { sink, body } of [mia, sam]) {
    sink.end();
    expect(await body()).toBe(AS_CHUNKS);
  }
});

it("leaves all writing to a response that other code has wrapped", async () => {
  const { response, sink, body } = await openStream();
  const write = response.write.bind(response);
  response.write = (chunk: Uint8Array) => write(String(chunk).toUpperCase());
  for (const bytes of [Buffer.from(HEAD), EVENT]) sink.write(bytes);
  sink.end();
  expect(await body()).toBe(AS_CHUNKS.toUpperCase());
});

it("writes no chunks to a client of HTTP/1.0", async () => {
  const { sink, body } = await openStream("1.0");
  for (const bytes of [Buffer.from(HEAD), EVENT]) sink.write(bytes);
  sink.end();
  expect(await body()).toBe(`${HEAD}${String(EVENT)}`);
});

it("is blocked while the reader lags, and reports once that there is room again", async () => {
  const { sink, client, body } = await openStream();
  let drains = 0;
  sink.listen({ onDrain: () => void (drains += 1), onGone: () => undefined });
  client.pause();
  const large = Buffer.alloc(1024 * 1024, "x");
  sink.write(Buffer.from(HEAD));
  while (!sink.isBlocked) sink.write(large);
  sink.write(large);
  expect(sink.waitingBytes).toBeGreaterThan(large.byteLength);
  client.resume();
  await expect.poll(() => sink.waitingBytes, { timeout: 20_000 }).toBe(0);
  expect([drains, sink.isBlocked]).toEqual([1, false]);
  sink.end();
  expect((await body()).endsWith("x\r\n0\r\n\r\n")).toBe(true);
});

/** A response whose head has been written, its client, and all that the client has read behind the head once it has ended. */
async function openStream(version = "1.1") {
  const httpServer = createServer();
  const requested = once(httpServer, "request");
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  onTestFinished(() => void httpServer.close().closeAllConnections());
  const client: Socket = connect((httpServer.address() as AddressInfo).port, "127.0.0.1");
  client.write(`GET / HTTP/${version}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const read: Buffer[] = [];
  client.on("data", (bytes: Buffer) => read.push(bytes));
  const ended = once(client, "end");
  const [, response] = (await requested) as [unknown, ServerResponse];
  response.writeHead(200);
  const body = async () => {
    await ended;
    return Buffer.concat(read).toString().split("\r\n\r\n").slice(1).join("\r\n\r\n");
  };
  return { response, client, body, sink: new NodeSink(response) };
}
