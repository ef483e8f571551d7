import { expect, it } from "vitest";
import { cursors, lobby, log, state } from "./testing/channels.js";
import { SseFixture } from "./testing/sse-fixture.js";

const headers = { accept: "text/event-stream", cookie: "session=mia" };
const URL_HERE = "http://127.0.0.1/realtime";

it("is a route handler: a Request in, a Response out, and no server of ours", async () => {
  const fixture = await SseFixture.open();
  const { GET, body } = await open(fixture);
  expect(GET.headers.get("content-type")).toBe("text/event-stream");
  expect(await read(body, "connected")).toContain(`"userId":"mia"`);
  expect((await post(fixture, GET, `[{"type":"subscribe","id":"1","channel":"logs.1"}]`)).status).toBe(202);
  expect(await read(body, "reply")).toContain(`"id":"1","ok":true`);
  await fixture.realtime.broadcaster.broadcast(log.at({ logId: "1" }), "received");
  expect(await read(body, "received")).toContain("id: logs.1=");
});

it("ends the connection when the request's signal aborts", async () => {
  const fixture = await SseFixture.open();
  const gone = new AbortController();
  const { body } = await open(fixture, gone.signal);
  await read(body, "connected");
  gone.abort();
  expect((await fixture.observer.seen("disconnected")).reason).toBe("connection lost");
  expect(await body.read()).toEqual({ done: true, value: undefined }); // hosts print the stack of a body that fails
});

it("ends it when the host cancels the body", async () => {
  const fixture = await SseFixture.open();
  const { body } = await open(fixture);
  await read(body, "connected");
  await body.cancel();
  expect((await fixture.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("opens nothing that lasts for a request that is over already", async () => {
  const fixture = await SseFixture.open();
  await open(fixture, AbortSignal.abort());
  expect((await fixture.observer.seen("disconnected")).reason).toBe("connection lost");
});

it("holds at most the bound for a body that is not read, and closes without flushing it", async () => {
  const fixture = await SseFixture.open({ limits: { maxBufferedBytes: 100_000 } });
  const { GET, body } = await open(fixture);
  await read(body, "connected");
  await post(fixture, GET, `[{"type":"subscribe","id":"1","channel":"lobby"}]`);
  await read(body, "reply");
  let published = 0;
  while (fixture.observer.of("disconnected").length === 0 && published < 100) {
    await fixture.realtime.broadcaster.broadcast(lobby, "x".repeat(10_000));
    published += 1;
  }
  expect(published).toBeLessThanOrEqual(10);
  expect(fixture.observer.of("disconnected")).toMatchObject([{ reason: "SLOW_CONSUMER" }]);
  await expect(body.read()).rejects.toThrow();
});

it("skips and conflates for a slow reader what its channels allow, and keeps it", async () => {
  const fixture = await SseFixture.open({ limits: { maxBufferedBytes: 100_000 } });
  const { GET, body } = await open(fixture);
  await read(body, "connected");
  const join = (channel: string) => `{"type":"subscribe","id":"${channel}","channel":"${channel}"}`;
  await post(fixture, GET, `[${join("cursors")},${join("state")}]`);
  await read(body, `"id":"state"`);
  for (let n = 0; n < 100; n += 1) {
    await fixture.realtime.broadcaster.broadcast(cursors, `cursor-${n}.${"x".repeat(10_000)}`);
    await fixture.realtime.broadcaster.broadcast(state, `state-${n}.${"x".repeat(10_000)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(fixture.observer.of("disconnected")).toEqual([]);
  const text = await read(body, "state-99.");
  expect(text).not.toContain("cursor-99.");
  expect(text.match(/state-\d+\./g)?.length).toBeLessThan(5);
});

async function open(fixture: SseFixture, signal?: AbortSignal) {
  const GET = await fixture.transport.fetch(new Request(URL_HERE, { headers, ...(signal && { signal }) }));
  const body = GET.body?.getReader();
  if (!body) throw new Error("no body");
  return { GET, body };
}

async function post(fixture: SseFixture, GET: Response, body: string): Promise<Response> {
  const shown = {
    "content-type": "application/json",
    "fourgate-connection": GET.headers.get("fourgate-connection") ?? "",
  };
  return fixture.transport.fetch(new Request(URL_HERE, { method: "POST", body, headers: { ...headers, ...shown } }));
}

/** Reads on until this text has come. */
async function read(body: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = "";
  while (!text.includes(wanted)) {
    const { value } = await body.read();
    text += Buffer.from(value ?? []).toString();
  }
  return text;
}
