import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { realtimeConnection } from "@repo/live-ui-client/connection";
import { createRealtimeClient } from "@repo/realtime-client";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { startCounter } from "./counter-node";
import { page } from "./sql-of-page";

vi.stubGlobal("WebSocket", WebSocket); // as browsers have it, and Node since 22

async function openCounter(): Promise<string> {
  const node = await startCounter({ port: 0, secret: "a secret of tests, longer than 32 bytes", script: "" });
  onTestFinished(() => node.close());
  if (!node.httpServer.listening) await once(node.httpServer, "listening");
  return `http://127.0.0.1:${(node.httpServer.address() as AddressInfo).port}`;
}

async function visit(origin: string) {
  const text = await (await fetch(`${origin}/counter`)).text();
  const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  return { text, token: read("data-live-token"), channel: read("data-live-channel") };
}

it("is the code that the guide shows", () => {
  const code = readFileSync(new URL("counter-node.ts", import.meta.url), "utf8");
  expect(page("guides/live-pages.md")).toContain(code);
});

it("counts by forms, by HTTP and over a WebSocket, from one token", async () => {
  const origin = await openCounter();
  const { text, token, channel } = await visit(origin);
  expect(text).toContain('<output id="count">0</output>');

  const form = new URLSearchParams({ "live-token": token, "live-action": "add", by: "10" });
  const posted = await fetch(`${origin}/counter`, { method: "POST", body: form, redirect: "manual" });
  expect([posted.status, posted.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/counter\?live=/)]);

  const headers = { "content-type": "application/json", accept: "application/vnd.fourgate.live+json" };
  const body = JSON.stringify({ k: token, r: 1, i: "e1", a: "increment" });
  const reply = (await (await fetch(`${origin}/counter`, { method: "POST", headers, body })).json()) as unknown[];
  expect(reply.slice(0, 2)).toEqual([1, ["count", "1"]]);

  const patches: unknown[] = [];
  const client = createRealtimeClient({ url: `${origin}/realtime` });
  onTestFinished(() => client.disconnect());
  const link = await new Promise<ReturnType<ReturnType<typeof realtimeConnection>["join"]>>((resolve) => {
    const joined = realtimeConnection(client).join(channel, {
      token: () => token,
      onOpening: () => resolve(joined),
      onPatch: (patch) => patches.push(patch),
      onLost: () => undefined,
    });
  });
  await link.send({ a: "add", v: { by: "5" }, r: 1, i: "e2" });
  expect(patches).toEqual([[1, ["count", "5"], { k: expect.any(String) }, { n: "Counter: 5" }]]);
});
