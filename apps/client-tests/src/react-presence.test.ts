// @vitest-environment happy-dom
import { randomUUID } from "node:crypto";
import { createRealtime, InMemoryRealtimeServer, systemClock } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import { createRealtimeClient } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { createPresence, definePresenceChannel } from "@repo/realtime-presence";
import { createRealtimeHooks } from "@repo/realtime-react";
import { createElement, StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { log } from "./lab-channels.js";

const logPresence = definePresenceChannel(log, { meta: z.object({ at: z.string() }) });
type Channels = typeof log | typeof logPresence;
const { RealtimeProvider, usePresence } = createRealtimeHooks<Channels>();

const PEOPLE = Object.fromEntries(["mia", "tom"].map((userId) => [userId, { userId, roles: [], sessionId: userId }]));

function Readers({ at }: { readonly at: string | undefined }) {
  const { people, status, error } = usePresence("logs.{logId}", { logId: "1" }, at ? { meta: { at } } : {});
  if (error) return `${error.name} `;
  return `${status}: ${people.map(({ userId, tabs }) => [userId, ...tabs.map(({ meta }) => meta?.at)].join(" ")).join(", ")}; `;
}

/** A node with presence; `open` shows a page of a user. */
async function library() {
  const onError = (cause: unknown) => expect.unreachable(String(cause));
  const deps = { clock: systemClock, nodeId: randomUUID(), graceMs: 50, onError };
  const presence = createPresence({ channels: [logPresence], ...deps });
  const { observer, guard } = presence;
  const realtime = createRealtime({ authenticator: byToken(PEOPLE), observers: [observer], guards: [guard] });
  realtime.registry.registerChannel(log);
  const leave = presence.bind(realtime);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(() => leave());
  return (who: string) => {
    const transports = [memory(server)] as const;
    const client = createRealtimeClient<Channels>({ url: "/", transports, auth: () => who, random: () => 0 });
    const container = document.createElement("div");
    const root = createRoot(container);
    const draw = (...children: readonly ReactNode[]) =>
      root.render(createElement(StrictMode, null, createElement(RealtimeProvider, { client, children })));
    onTestFinished(() => (root.unmount(), client.disconnect()));
    return { client, draw, text: () => container.textContent };
  };
}

const readers = (key: string, at?: string) => createElement(Readers, { key, at });

it("shows the members and their meta, in all components that use it", async () => {
  const open = await library();
  const [mia, tom] = [open("mia"), open("tom")];
  mia.draw(readers("a"));
  await expect.poll(mia.text).toBe("subscribed: mia ; ");
  tom.draw(readers("a", "page 7"));
  await expect.poll(mia.text).toBe("subscribed: mia , tom page 7; ");
  mia.draw(readers("a"), readers("b")); // comes later, when the list is not sent any more
  await expect.poll(mia.text).toBe("subscribed: mia , tom page 7; ".repeat(2));
  tom.draw(readers("a", "page 8"));
  await expect.poll(mia.text).toBe("subscribed: mia , tom page 8; ".repeat(2));
});

it("stays while one component takes over from another, goes with the last, and comes again", async () => {
  const open = await library();
  const [mia, tom] = [open("mia"), open("tom")];
  mia.draw(readers("a"));
  tom.draw(readers("a", "page 7"), readers("b"));
  await expect.poll(mia.text).toBe("subscribed: mia , tom page 7; ");
  tom.draw(readers("b"));
  await expect.poll(tom.text).toBe("subscribed: mia , tom page 7; ");
  tom.draw(readers("c", "page 8")); // one goes, another comes in the same turn
  await expect.poll(tom.text).toBe("subscribed: mia , tom page 8; ");
  tom.draw();
  await expect.poll(mia.text).toBe("subscribed: mia ; ");
  tom.draw(readers("a", "page 9"));
  await expect.poll(mia.text).toBe("subscribed: mia , tom page 9; ");
  await expect.poll(tom.text).toBe("subscribed: mia , tom page 9; ");
});

it("shows that the page's own meta was refused", async () => {
  const open = await library();
  const mia = open("mia");
  mia.draw(readers("a", 7 as unknown as string));
  await expect.poll(mia.text).toBe("RealtimeRefusal ");
});
