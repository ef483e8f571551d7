// @vitest-environment happy-dom
import { randomUUID } from "node:crypto";
import type { ClientFrame } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer, systemClock } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import { createRealtimeClient, type IRealtimeTransport } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { createPresence, definePresenceChannel } from "@repo/realtime-presence";
import { createRealtimeHooks } from "@repo/realtime-react";
import { createElement, StrictMode, useEffect, useState, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { log } from "./lab-channels.js";

const logPresence = definePresenceChannel(log, { meta: z.object({ at: z.string(), line: z.int().optional() }) });
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
    const metas: unknown[] = [];
    const transports = [published(memory(server), metas)] as const;
    const client = createRealtimeClient<Channels>({ url: "/", transports, auth: () => who, random: () => 0 });
    const container = document.createElement("div");
    const root = createRoot(container);
    const draw = (...children: readonly ReactNode[]) =>
      root.render(createElement(StrictMode, null, createElement(RealtimeProvider, { client, children })));
    onTestFinished(() => (root.unmount(), client.disconnect()));
    return { client, draw, metas, text: () => container.textContent };
  };
}

/** The same transport; what is published as somebody's meta goes into a list. */
function published(transport: IRealtimeTransport, metas: unknown[]): IRealtimeTransport {
  const note = (frame: ClientFrame) => {
    if (frame.type === "message" && frame.event === "presence:heartbeat") metas.push(frame.payload);
  };
  return {
    name: transport.name,
    open(request, events) {
      const { send, close } = transport.open(request, events);
      return { send: (frame) => (note(frame), send(frame)), close };
    },
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

it("publishes a meta once that is equal, whichever object it is and in whatever order its members are", async () => {
  const open = await library();
  const mia = open("mia");
  function Reader({ isOther }: { readonly isOther: boolean }) {
    const meta = isOther ? { line: 1, at: "page 7" } : { at: "page 7", line: 1 };
    const { people } = usePresence("logs.{logId}", { logId: "1" }, { meta });
    return `${isOther} ${people.map(({ tabs }) => tabs[0]?.meta?.at).join()}`;
  }
  for (const isOther of [false, true, false, true]) {
    mia.draw(createElement(Reader, { key: "a", isOther }));
    await expect.poll(mia.text).toBe(`${isOther} page 7`);
  }
  expect(new Set(mia.metas.map((meta) => JSON.stringify(meta))).size).toBe(1);
});

it("publishes a meta that is another one at each render a few times a second, and the last one too", async () => {
  const open = await library();
  const [mia, tom] = [open("mia"), open("tom")];
  function Restless({ renders }: { readonly renders: number }) {
    const [line, setLine] = useState(0);
    useEffect(() => void (line < renders && setTimeout(setLine, 0, line + 1)), [line, renders]);
    usePresence("logs.{logId}", { logId: "1" }, { meta: { at: `line ${line}` } });
    return null;
  }
  tom.draw(readers("a"));
  const began = performance.now();
  mia.draw(createElement(Restless, { key: "a", renders: 300 }));
  await expect.poll(tom.text).toContain("mia line 300");
  const most = 2 + (performance.now() - began) / 190; // a timer may be a few ms early
  expect(mia.metas.length).toBeLessThanOrEqual(most);
});

it("does not publish for ever where each publication causes a render with another meta", async () => {
  const open = await library();
  const mia = open("mia");
  const another = () => `render ${performance.now()}`;
  function Loop() {
    usePresence("logs.{logId}", { logId: "1" }, { meta: { at: another() } });
    return null;
  }
  const began = performance.now();
  mia.draw(createElement(Loop, { key: "a" }));
  await expect.poll(() => mia.metas.length).toBeGreaterThan(3);
  expect(mia.metas.length).toBeLessThanOrEqual(2 + (performance.now() - began) / 190);
});
