import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { systemClock } from "@repo/core-realtime/server";
import { expect, it, onTestFinished } from "vitest";
import { TEST_CERTIFICATE } from "./testing/test-certificate.js";
import { postWebhook } from "./webhook-request.js";
import { WebhookTargets } from "./webhook-target.js";

/** The server of hooks.example.test; sends a request to a name that leads there. */
async function startServer() {
  const names: (string | undefined)[] = [];
  const server = createServer(TEST_CERTIFICATE, (request, response) => {
    names.push(request.headers.host);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const targets = new WebhookTargets({ allowAddresses: ["127.0.0.1"], resolve: async () => ["127.0.0.1"] });
  const post = async (name: string, ca?: string) =>
    postWebhook(await targets.check(`https://${name}:${port}/`), {
      headers: {},
      body: "{}",
      timeoutMs: 10_000,
      maxResponseBytes: 100,
      clock: systemClock,
      ca,
    });
  return { names, post, port };
}

it("verifies the certificate of the URL's name, although it connects to an address", async () => {
  const { post, names, port } = await startServer();
  expect(await post("hooks.example.test", TEST_CERTIFICATE.cert)).toMatchObject({ status: 200 });
  expect(names).toEqual([`hooks.example.test:${port}`]);
});

it("sends nothing to another name's certificate, nor to one that no authority signed", async () => {
  const { post, names } = await startServer();
  await expect(post("other.example.test", TEST_CERTIFICATE.cert)).rejects.toThrow(/does not match certificate/);
  await expect(post("hooks.example.test")).rejects.toThrow(/self-signed certificate/);
  expect(names).toEqual([]);
});
