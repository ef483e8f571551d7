import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { faces, SseFixture } from "./testing/sse-fixture.js";

const GET = "GET /realtime HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nCookie: session=mia\r\n\r\n";

/** A TCP connection to the fixture that keeps what it receives. */
async function dial(fixture: SseFixture): Promise<{ readonly socket: Socket; until(part: RegExp): Promise<string> }> {
  const socket = connect(Number(new URL(fixture.url).port), "127.0.0.1").on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  let text = "";
  socket.setEncoding("latin1").on("data", (more: string) => (text += more));
  return {
    socket,
    async until(part) {
      while (!part.test(text)) await once(socket, "data");
      return text;
    },
  };
}

it("opens one stream per TCP connection, however many GETs are pipelined, and ends it with the connection", async () => {
  const fixture = await SseFixture.open();
  const { socket, until } = await dial(fixture);
  socket.write(GET.repeat(500));
  await until(/"connected"/);
  await fixture.clock.advanceAsync(0);
  expect(fixture.authentications).toBe(1);
  socket.destroy();
  expect(await fixture.observer.seen("disconnected")).toMatchObject({ reason: "connection lost" });
  await fixture.transport.close(); // resolves once no stream is left
});

describe.each(faces)("by the face of %s", (face) => {
  it("lets a server with pipelined streams stop, without a wait", async () => {
    const fixture = await SseFixture.open({ face });
    const { socket, until } = await dial(fixture);
    socket.write(GET + GET);
    await until(/"connected"/);
    socket.destroy();
    await fixture.observer.seen("disconnected");
    const stopped = fixture.realtime.close({ drainMs: 1 });
    let isStopped = false;
    void stopped.then(() => (isStopped = true));
    while (!isStopped) await fixture.clock.advanceAsync(1_000);
    fixture.server.close();
    await once(fixture.server, "close");
  });

  it("replies to a body that does not come within 10 s with 408, and one whose stream has ended at once", async () => {
    const fixture = await SseFixture.open({ face });
    const mia = await fixture.stream();
    await mia.request({ type: "unsubscribe", channel: "lobby" }); // else it is closed for having requested nothing
    const half =
      `POST /realtime HTTP/1.1\r\nHost: a\r\nCookie: session=mia\r\nContent-Type: application/json\r\n` +
      `Fourgate-Connection: ${mia.capability}\r\nContent-Length: 100\r\n\r\n[`;
    const slow = await dial(fixture);
    slow.socket.write(half);
    while ((await mia.post("[")).status !== 400) continue; // a round trip: by then the server reads the half one too
    fixture.clock.advance(10_000);
    expect(await slow.until(/FRAME_INVALID/)).toMatch(/^HTTP\/1\.1 408 /);
    await once(slow.socket, "close");

    const late = await dial(fixture);
    late.socket.write(half);
    while ((await mia.post("[")).status !== 400) continue;
    await fixture.realtime.expel({ userId: "mia" });
    expect(await late.until(/TRANSPORT_LOST/)).toMatch(/^HTTP\/1\.1 404 /);
    await once(late.socket, "close");
  });
});
