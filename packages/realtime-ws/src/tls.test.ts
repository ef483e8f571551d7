import { createServer } from "node:https";
import { expect, it } from "vitest";
import { WsFixture } from "./testing/ws-fixture.js";
import { WsTestClient } from "./testing/ws-test-client.js";

const KEY = Buffer.alloc(32, 7); // a key both ends know: TLS without a certificate that would expire in a repository
const CIPHERS = "PSK-AES128-GCM-SHA256";
const TLS = { ciphers: CIPHERS, maxVersion: "TLSv1.2" } as const;

it("does over TLS what it does without: shared frames, order, the close frame", async () => {
  const httpServer = createServer({ ...TLS, pskCallback: () => KEY });
  const fixture = await WsFixture.open({ httpServer });
  const options = {
    ...TLS,
    pskCallback: () => ({ psk: KEY, identity: "test" }),
    rejectUnauthorized: false,
  };
  const enter = async () => {
    const client = await WsTestClient.enter(`wss://127.0.0.1:${fixture.port}/realtime`, options);
    client.send({ type: "subscribe", id: "1", channel: "board" });
    await client.frame("reply");
    return client;
  };
  const clients = [await enter(), await enter()];
  const texts = Array.from({ length: 200 }, (_, n) => `${n} ${"x".repeat(5_000)}`); // more than a socket likes at once
  await Promise.all(texts.map((text) => fixture.broadcast(text)));
  for (const client of clients) expect(await client.receives(200)).toEqual(texts);
  void fixture.realtime.close({ drainMs: 1 });
  for (const client of clients) expect(await client.closed).toBe(4100);
});
