import type { RealtimeHandshake } from "@repo/core-realtime";
import { describe, expect, it, onTestFinished } from "vitest";
import { createRealtime } from "@repo/core-realtime/server";
import { SseRealtimeServer } from "./sse-realtime-server.js";
import { faces, SseFixture } from "./testing/sse-fixture.js";

const first = `[{"type":"subscribe","id":"1","channel":"lobby"}]`;
const encode = (text: string) => Buffer.from(text).toString("base64url");

/** What the gateway receives of a GET. */
async function shownBy(path: string, headers: Readonly<Record<string, string>>) {
  const seen: RealtimeHandshake[] = [];
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  const transport = new SseRealtimeServer();
  const serve = transport.serve.bind(transport);
  transport.serve = (gateway) =>
    serve({ ...gateway, open: (connection, handshake) => (seen.push(handshake), gateway.open(connection, handshake)) });
  await realtime.serve(transport);
  onTestFinished(() => realtime.close({ drainMs: 1 }));
  const request = new Request(`http://a${path}`, { headers: { accept: "text/event-stream", ...headers } });
  const response = await transport.fetch(request);
  const body = response.status === 200 ? response.body : null;
  await body?.getReader().read();
  return { status: response.status, text: body ? "" : await response.text(), handshake: seen[0] };
}

it.each([
  ["the header", "/realtime?a=b", { "fourgate-first": encode(first) }, "/realtime?a=b"],
  ["the query, alone", `/realtime?first=${encode(first)}`, {}, "/realtime?"],
  ["the query, behind others", `/realtime?a=b&first=${encode(first)}`, {}, "/realtime?a=b&"],
  ["the query, before others", `/realtime?first=${encode(first)}&a=b`, {}, "/realtime?a=b"],
])(
  "takes the first frames from %s into the handshake, and out of what may be logged",
  async (...[, path, headers, url]) => {
    const { status, handshake } = await shownBy(path, headers);
    expect(status).toBe(200);
    expect(handshake).toMatchObject({ first, url });
    expect(JSON.stringify(handshake?.headers)).not.toContain(encode(first));
  },
);

it.each(["{}", `[${Array(17).fill("{}").join()}]`, `["${"x".repeat(4_093)}"]`])(
  "refuses a GET with 400 where the first frames are malformed: %.20s",
  async (text) => {
    const { status, text: body, handshake } = await shownBy(`/realtime?first=${encode(text)}`, {});
    expect([status, JSON.parse(body)]).toMatchObject([400, { error: { code: "HANDSHAKE_INVALID" } }]);
    expect(handshake).toBeUndefined();
  },
);

describe.each(faces)("by the face of %s", (face) => {
  it("refuses with 503 and Retry-After where too many connections are open, once it has explained it to twenty", async () => {
    const fixture = await SseFixture.open({ face, limits: { maxConnections: 1 } });
    await (await fixture.stream()).next("connected");
    for (let n = 0; n < 20; n += 1)
      expect(await (await fixture.stream()).next("close")).toMatchObject({ closeCode: 4114 });
    const refused = await fetch(fixture.url, { headers: { accept: "text/event-stream" } });
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
      503,
      "10",
      { error: { code: "TOO_MANY_CONNECTIONS", retry: "later", retryAfterMs: 10_000 } },
    ]);
  });

  it("admits each stream once, and no POST, preflight or other request", async () => {
    const fixture = await SseFixture.open({ face, limits: { maxCookieBytes: 1_000 } });
    const mia = await fixture.stream({ cookie: "session=mia", "fourgate-first": encode(first) });
    await mia.next("connected");
    await mia.post(`[{"type":"ping"}]`);
    await fetch(fixture.url, { method: "OPTIONS" });
    await fetch(fixture.url, { headers: { accept: "text/html" } });
    expect(fixture.admitted).toMatchObject([
      { transport: "sse", first, headers: { cookie: "session=mia" }, remoteAddress: "127.0.0.1" },
    ]);
  });
});
