import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { serveNode, type FetchEndpoint } from "./serve-node.js";

async function serve(endpoint: FetchEndpoint, wrap = (listener: RequestListener) => listener): Promise<number> {
  const server = createServer(wrap(serveNode(endpoint)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A connection that has sent this much, and whatever comes back. */
function send(port: number, text: string) {
  const socket = connect(port, "127.0.0.1", () => socket.write(text));
  const received: string[] = [];
  socket.on("data", (data) => received.push(data.toString()));
  socket.on("error", () => undefined); // the server may close first
  return { socket, received };
}

it.each([
  ["before a reply", "GET /slow HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["in the middle of its body", "POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc"],
])("aborts a request whose client disconnects %s", async (_when, text) => {
  const arrived: AbortSignal[] = [];
  const reasons: unknown[] = [];
  const port = await serve(async ({ signal }) => {
    arrived.push(signal);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    reasons.push(signal.reason);
    return new Response("not read");
  });
  const { socket } = send(port, text);
  await expect.poll(() => arrived.map(({ aborted }) => aborted)).toEqual([false]);
  socket.destroy();
  await expect.poll(() => reasons).toMatchObject([{ name: "AbortError" }]);
});

it("does not abort a request that has its reply", async () => {
  const signals: AbortSignal[] = [];
  const port = await serve(async ({ signal }) => {
    signals.push(signal);
    return new Response("done");
  });
  const { socket, received } = send(port, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await expect.poll(() => received.join("")).toContain("done");
  socket.destroy();
  await once(socket, "close");
  const { socket: next, received: more } = send(port, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await expect.poll(() => more.join("")).toContain("done"); // by then the end of the first is known
  next.destroy();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});

it.each([
  ["the parsed JSON, which is taken", (body: string): unknown => JSON.parse(body), [200, `{"a":1}`]],
  ["its text, which is taken", (body: string): unknown => body, [200, `{"a":1}`]],
  [
    "nothing, which is refused with the cause",
    () => undefined,
    [500, expect.stringContaining("before the body parser")],
  ],
])("gets of a body parser before it %s", async (_what, leave, expected) => {
  const port = await serve(
    async (request) => new Response(await request.text()),
    (listener) => async (request, response) =>
      listener(Object.assign(request, { body: leave(await text(request)) }), response),
  );
  const headers = { "content-type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: `{"a":1}`, headers });
  expect([response.status, await response.text()]).toEqual(expected);
});
