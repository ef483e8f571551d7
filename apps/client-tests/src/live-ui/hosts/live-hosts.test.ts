import { realtimeConnection } from "@repo/live-ui-client/connection";
import { createRealtimeClient } from "@repo/realtime-client";
import { sse } from "@repo/realtime-client/sse";
import { expect, it, onTestFinished } from "vitest";
import { openBunHost } from "./bun-host.js";
import { openExpressHost } from "./express-host.js";
import { openHonoHost } from "./hono-host.js";
import type { HostUnderTest } from "./listen.js";
import { openNextHost } from "./next-host.js";

const HOSTS: readonly (readonly [name: string, open: () => Promise<HostUnderTest>])[] = [
  ["Hono on @hono/node-server", openHonoHost],
  ["Bun", openBunHost],
  ["Express 5", openExpressHost],
  ["route handlers of Next", openNextHost],
];

it.each(HOSTS)("%s serves a page whose forms work without JavaScript", async (_, open) => {
  const { origin } = await opened(open);
  const page = await visit(`${origin}/counter`);
  const posted = await submit(origin, { token: page.token, by: "2" });
  expect(posted.status).toBe(303);
  const cookie = posted.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { text } = await visit(`${origin}${posted.headers.get("location")}`, { headers: { cookie } });
  expect(text).toContain('<output id="count">2</output>');
});

it.each(HOSTS)("%s replies to an action by HTTP with what has changed", async (_, open) => {
  const { origin } = await opened(open);
  const { token } = await visit(`${origin}/counter`);
  const reply = await fetch(`${origin}/counter`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/vnd.fourgate.live+json", origin },
    body: JSON.stringify({ k: token, r: 1, i: "e1", a: "add", v: { by: "3" } }),
  });
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual([1, ["count", "3"], ["total", "3"], { k: expect.any(String) }]);
});

it.each(HOSTS)("%s refuses an action of a page of another origin", async (_, open) => {
  const { origin } = await opened(open);
  const { token } = await visit(`${origin}/counter`);
  expect((await submit(origin, { token, by: "2", from: "https://elsewhere.example" })).status).toBe(403);
});

it.each(HOSTS)("%s runs actions over SSE, and pushes what another visitor has changed", async (_, open) => {
  const { origin } = await opened(open);
  const { token, channel } = await visit(`${origin}/counter`);
  const patches: unknown[] = [];
  const client = createRealtimeClient({ url: `${origin}/realtime`, transports: [sse()] });
  onTestFinished(() => client.disconnect());
  const link = await new Promise<ReturnType<ReturnType<typeof realtimeConnection>["join"]>>((resolve) => {
    const joined = realtimeConnection(client).join(channel, {
      token: () => token,
      onOpening: () => resolve(joined),
      onPatch: (patch) => patches.push(patch),
      onLost: () => undefined,
    });
  });
  await link.send({ a: "add", v: { by: "4" }, r: 1, i: "e1" });
  expect(patches).toEqual([[1, ["count", "4"], ["total", "4"], { k: expect.any(String) }]]);
  const other = await visit(`${origin}/counter`);
  await submit(origin, { token: other.token, by: "5" });
  await expect.poll(() => patches.at(-1)).toEqual([0, ["total", "9"]]);
});

async function opened(open: () => Promise<HostUnderTest>): Promise<HostUnderTest> {
  const host = await open();
  onTestFinished(() => host.close());
  return host;
}

async function visit(url: string, init: RequestInit = {}) {
  const text = await (await fetch(url, init)).text();
  const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  return { text, token: read("data-live-token"), channel: read("data-live-channel") };
}

interface Submitted {
  readonly token: string;
  readonly by: string;
  /** The origin of the page that has the form. */
  readonly from?: string;
}

function submit(url: string, { token, by, from = url }: Submitted): Promise<Response> {
  const body = new URLSearchParams({ "live-token": token, "live-action": "add", by });
  return fetch(`${url}/counter`, { method: "POST", body, headers: { origin: from }, redirect: "manual" });
}
