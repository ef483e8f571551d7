import { describe, expect, it } from "vitest";
import { faces, SseFixture, type Face } from "./testing/sse-fixture.js";
import type { TestStream } from "./testing/test-stream.js";

const ping = `[{"type":"ping"}]`;
const tooMany = `[${Array.from({ length: 101 }, () => `{"type":"ping"}`).join(",")}]`;

const refused = [
  ["no body", "", {}, 400],
  ["text", "hello", {}, 400],
  ["half an array", `[{"type":"ping"}`, {}, 400],
  ["an object", `{"type":"ping"}`, {}, 400],
  ["an empty array", "[]", {}, 400],
  ["101 frames", tooMany, {}, 400],
  ["bytes that are no UTF-8", Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d), {}, 400],
  ["a form's type", ping, { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["plain text, which needs no preflight", ping, { "content-type": "text/plain" }, 415],
  ["a type that only begins like JSON's", ping, { "content-type": "application/json-seq" }, 415],
  ["another character set", ping, { "content-type": "application/json; charset=utf-16" }, 415],
  ["a compressed body", ping, { "content-encoding": "gzip" }, 415],
  ["no connection", ping, { "fourgate-connection": "" }, 404],
  ["a connection that never was", ping, { "fourgate-connection": "9a3c.secret" }, 404],
  ["the name of what every object has", ping, { "fourgate-connection": "__proto__.constructor" }, 404],
] as const;

describe.each(faces)("POST by the face of %s", (face) => {
  it.each(refused)("refuses %s with a code, and the client continues", async (...[, body, headers, status]) => {
    const { mia } = await enter(face);
    const response = await mia.post(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      type: "error",
      error: { code: status === 404 ? "TRANSPORT_LOST" : "FRAME_INVALID", message: expect.any(String) },
    });
    expect(await mia.request({ type: "subscribe", channel: "lobby" })).toMatchObject({ ok: true });
  });

  it("needs the connection's name: without it there is no connection to send for", async () => {
    const { fixture } = await enter(face);
    const headers = { "content-type": "application/json", cookie: "session=mia" };
    const response = await fetch(fixture.url, { method: "POST", body: ping, headers });
    expect(response.status).toBe(400);
  });

  it("replies 202 at once, and to each frame on the stream, in order, the bad ones too", async () => {
    const { mia } = await enter(face);
    const frames = [
      { type: "subscribe", id: "a", channel: "lobby" },
      null,
      { type: "shutdown", id: "c" },
      { type: "ping" },
    ];
    const response = await mia.post(JSON.stringify(frames));
    expect([response.status, await response.text()]).toEqual([202, ""]);
    expect(await mia.next("reply")).toMatchObject({ id: "a", ok: true });
    expect(await mia.next("error")).toMatchObject({ error: { code: "FRAME_INVALID" } });
    expect(await mia.next("reply")).toMatchObject({ id: "c", error: { code: "FRAME_INVALID" } });
  });

  it("measures each frame of a large body, and takes the others", async () => {
    const { mia } = await enter(face);
    const frame = (bytes: number) => ({ type: "message", channel: "lobby", payload: "x".repeat(bytes) });
    await mia.request({ type: "subscribe", channel: "lobby" });
    expect(await mia.request(frame(60_000), frame(60_000), frame(60_000))).toMatchObject({ ok: true });
    await mia.post(JSON.stringify([frame(70_000)]));
    expect(await mia.next("close")).toMatchObject({ closeCode: 4510 });
  });

  it("reads no more than 256 KiB of a body, whether its length is declared or not", async () => {
    for (const isTold of [true, false]) {
      const { mia, fixture } = await enter(face);
      const body = isTold ? `["${"x".repeat(300_000)}"]` : endless();
      await mia.post(body).then(
        (response) => expect(response.status).toBe(413),
        () => undefined, // the server may close before the body is sent
      );
      expect(await mia.next("close")).toMatchObject({ closeCode: 4510, error: { code: "FRAME_TOO_LARGE" } });
      expect((await fixture.observer.seen("disconnected")).reason).toBe("FRAME_TOO_LARGE");
    }
  });

  it("takes four bodies at once and no more, and refuses one that does not come within 10 s", async () => {
    const { mia, fixture } = await enter(face);
    await mia.request({ type: "unsubscribe", channel: "lobby" }); // else it would be closed with IDLE
    const stalled = Array.from({ length: 4 }, async () =>
      mia.post(stalling()).then(
        (r) => r.status,
        () => "cut",
      ),
    );
    while ((await mia.post(ping)).status !== 429);
    fixture.clock.advance(10_000);
    expect((await Promise.all(stalled)).every((end) => end === 408 || end === "cut")).toBe(true);
    expect(await mia.request({ type: "subscribe", channel: "lobby" })).toMatchObject({ ok: true });
  });

  it.each(["PUT", "DELETE", "PATCH"])("refuses %s", async (method) => {
    const { fixture } = await enter(face);
    const response = await fetch(fixture.url, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST, OPTIONS"]);
  });

  it("removes a connection once its stream is gone", async () => {
    const { mia, fixture } = await enter(face);
    mia.cut();
    await fixture.observer.seen("disconnected");
    expect((await mia.post(ping)).status).toBe(404);
  });
});

async function enter(face: Face): Promise<{ readonly fixture: SseFixture; readonly mia: TestStream }> {
  const fixture = await SseFixture.open({ face });
  const mia = await fixture.stream();
  await mia.next("connected");
  return { fixture, mia };
}

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(0x20)) });
}

function stalling(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from("[")) });
}
