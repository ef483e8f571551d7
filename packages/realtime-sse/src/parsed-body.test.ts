import type { IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { expect, it } from "vitest";
import { SseFixture } from "./testing/sse-fixture.js";

const HEADERS = { cookie: "session=mia" };

/** A server whose middleware reads every body before this transport is called. */
async function behindParser(leave: (request: IncomingMessage, body: unknown) => void): Promise<SseFixture> {
  const fixture = await SseFixture.open();
  fixture.server.removeAllListeners("request").on("request", async (request, response) => {
    if (request.method === "POST") leave(request, await json(request));
    fixture.transport.handleRequest(request, response);
  });
  return fixture;
}

it.each([
  ["the parsed JSON", (body: unknown) => body],
  ["its text", (body: unknown) => JSON.stringify(body)],
  ["its bytes", (body: unknown) => Buffer.from(JSON.stringify(body))],
])("takes the frames where a body parser has left %s in request.body", async (_, form) => {
  const fixture = await behindParser((request, body) => Object.assign(request, { body: form(body) }));
  const mia = await fixture.stream();
  expect(await mia.request({ type: "subscribe", channel: "lobby" })).toMatchObject({ ok: true });
});

it("measures what a body parser has read, too", async () => {
  const fixture = await behindParser((request) => Object.assign(request, { body: ["x".repeat(300_000)] }));
  const mia = await fixture.stream();
  await mia.next("connected");
  expect((await mia.post("[]")).status).toBe(413);
});

it("refuses at once, and names the cause, where a body parser has left nothing", async () => {
  const fixture = await behindParser(() => undefined);
  const mia = await fixture.stream();
  await mia.next("connected");
  const response = await mia.post(`[{"type":"ping"}]`);
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { error: { code: "INTERNAL_ERROR", message: expect.stringContaining("before the body parser") } },
  ]);
});

it("does the same for a Request whose body has been read", async () => {
  const fixture = await SseFixture.open();
  const url = "http://127.0.0.1/realtime";
  const GET = await fixture.transport.fetch(new Request(url, { headers: { ...HEADERS, accept: "text/event-stream" } }));
  const connection = GET.headers.get("fourgate-connection") ?? "";
  const headers = { ...HEADERS, "content-type": "application/json", "fourgate-connection": connection };
  const request = new Request(url, { method: "POST", body: "[]", headers });
  await request.text();
  expect((await fixture.transport.fetch(request)).status).toBe(500);
  await GET.body?.cancel();
});
