import { systemClock } from "@repo/core-realtime/server";
import { FakeClock } from "@repo/core-testing";
import { afterEach, expect, it } from "vitest";
import { WebhookReceiver } from "./testing/webhook-receiver.js";
import { postWebhook, type WebhookRequestOptions } from "./webhook-request.js";
import { WebhookTargets } from "./webhook-target.js";

const receivers: WebhookReceiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});
async function startReceiver(): Promise<WebhookReceiver> {
  const receiver = await WebhookReceiver.start();
  receivers.push(receiver);
  return receiver;
}

const request = (changes: Partial<WebhookRequestOptions> = {}): WebhookRequestOptions => ({
  headers: { "content-type": "application/json" },
  body: "{}",
  timeoutMs: 10_000,
  maxResponseBytes: 1_000,
  clock: systemClock,
  ...changes,
});
const local = { allowHttp: true, allowAddresses: ["127.0.0.1"] };

it("sends the body as it is and gives the status", async () => {
  const receiver = await startReceiver();
  receiver.reply = (response) => response.writeHead(503, { "retry-after": "7" }).end("busy");
  const target = await new WebhookTargets(local).check(`${receiver.url}?a=b`);
  expect(await postWebhook(target, request({ body: `{"a": 1}` }))).toEqual({ status: 503, retryAfterMs: 7_000 });
  expect(receiver.received).toMatchObject([{ method: "POST", path: "/hook?a=b", body: `{"a": 1}` }]);
});

it("connects to the checked address and never resolves the name again", async () => {
  const receiver = await startReceiver();
  const addresses = [["127.0.0.1"], ["10.255.255.1"]]; // the second one would be what a rebinding name server gives
  const targets = new WebhookTargets({ ...local, resolve: async () => addresses.shift() ?? [] });
  const target = await targets.check(`http://rebinding.invalid:${receiver.port}/hook`);
  expect((await postWebhook(target, request())).status).toBe(200);
  expect(receiver.received[0]?.headers.host).toBe(`rebinding.invalid:${receiver.port}`);
  expect(addresses).toHaveLength(1);
});

it("follows no redirect", async () => {
  const [receiver, inner] = [await startReceiver(), await startReceiver()];
  receiver.reply = (response) => response.writeHead(307, { location: inner.url }).end();
  const target = await new WebhookTargets(local).check(receiver.url);
  expect((await postWebhook(target, request())).status).toBe(307);
  expect(inner.received).toEqual([]);
});

// 001-53
it("gives up after the time-out although the response continues byte by byte", async () => {
  const receiver = await startReceiver();
  const clock = new FakeClock();
  receiver.reply = (response) => {
    response.writeHead(200).write("a");
    const drip = setInterval(() => response.write("a"), 5);
    response.on("close", () => clearInterval(drip));
  };
  const target = await new WebhookTargets(local).check(receiver.url);
  const sent = postWebhook(target, request({ clock, maxResponseBytes: 1_000_000 }));
  const outcome = expect(sent).rejects.toThrow("No whole response before the time-out.");
  await expect.poll(() => receiver.received.length).toBe(1);
  clock.advance(9_999);
  expect(clock.waiting).toBe(1);
  clock.advance(1);
  await outcome;
});

it("reads no more of a response than allowed, and counts its status", async () => {
  const receiver = await startReceiver();
  let closed = false;
  receiver.reply = (response) => {
    const flood = (): void => {
      while (!closed && response.write("x".repeat(10_000)));
    };
    response.on("close", () => (closed = true)).on("drain", flood);
    flood();
  };
  const target = await new WebhookTargets(local).check(receiver.url);
  expect((await postWebhook(target, request({ clock: new FakeClock() }))).status).toBe(200);
  await expect.poll(() => closed).toBe(true);
});

it.each([
  ["before the response", (destroy: () => void) => destroy()],
  [
    "in the middle of it",
    (destroy: () => void, write: (text: string) => void) => {
      write("half");
      setImmediate(destroy);
    },
  ],
])("rejects where the connection is closed %s", async (_when, end) => {
  const receiver = await startReceiver();
  receiver.reply = (response) => {
    response.setHeader("content-length", 100);
    end(
      () => response.socket?.destroy(),
      (text) => response.write(text),
    );
  };
  const target = await new WebhookTargets(local).check(receiver.url);
  await expect(postWebhook(target, request())).rejects.toThrow(Error);
});

it("rejects where nothing listens, and where the receiver changes the protocol", async () => {
  const receiver = await startReceiver();
  receiver.reply = (response) => {
    response.socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
  };
  const target = await new WebhookTargets(local).check(receiver.url);
  await expect(postWebhook(target, request())).rejects.toThrow(Error);
  await receiver.close();
  await expect(postWebhook(target, request())).rejects.toThrow(/ECONNREFUSED/);
});
