import type { ClientFrame, ReplyFrame, ServerFrame } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { LiveStore } from "./live-store";
import type { LinkListener, OpenLink } from "./realtime-link";

const connected: ServerFrame = { type: "connected", protocol: 1, connectionId: "c", userId: null, pingMs: 25_000 };

/** A server that lets everyone into every channel, and remembers what it was asked. */
function openHouse() {
  const asked: ClientFrame[] = [];
  const listeners: LinkListener[] = [];
  let closed = 0;
  const openLink: OpenLink = (listener) => {
    listeners.push(listener);
    return {
      async request(frame): Promise<ReplyFrame> {
        asked.push(frame);
        const result = "channel" in frame ? { channel: frame.channel, position: { epoch: "e", offset: 7 } } : undefined;
        return { type: "reply", ok: true, result };
      },
      close: () => {
        closed += 1;
      },
    };
  };
  return { asked, openLink, hear: (frame: ServerFrame) => listeners.at(-1)?.heard(frame), closedCount: () => closed };
}

async function settled(store: LiveStore, isSettled: (store: LiveStore) => boolean): Promise<void> {
  if (isSettled(store)) return;
  await new Promise<void>((resolve) => {
    const stop = store.subscribe(() => {
      if (!isSettled(store)) return;
      stop();
      resolve();
    });
  });
}
const isIn = (name: string) => (store: LiveStore) => store.getState().channels[name]?.kind === "joined";

it("joins its channels once gate 1 is passed, with what was said lately", async () => {
  const { asked, openLink, hear } = openHouse();
  const store = new LiveStore({ openLink, channels: ["news"] });
  store.start();
  expect(asked).toEqual([]);
  hear(connected);
  await settled(store, isIn("news"));
  expect(asked).toEqual([{ type: "subscribe", channel: "news", rewind: 50 }]);
});

it("asks for what it missed when it comes back, in every channel it is in by now", async () => {
  const { asked, openLink, hear } = openHouse();
  const store = new LiveStore({ openLink, channels: ["news"] });
  store.start();
  hear(connected);
  store.join("more");
  await settled(store, isIn("more"));
  asked.length = 0;
  hear(connected);
  expect(asked).toEqual([
    { type: "subscribe", channel: "news", since: { epoch: "e", offset: 7 } },
    { type: "subscribe", channel: "more", since: { epoch: "e", offset: 7 } },
  ]);
});

it("does not come back to a channel that it left", async () => {
  const { asked, openLink, hear } = openHouse();
  const store = new LiveStore({ openLink, channels: ["news"] });
  store.start();
  hear(connected);
  await settled(store, isIn("news"));
  store.leave("news");
  await settled(store, (left) => left.getState().channels["news"] === undefined);
  asked.length = 0;
  hear(connected);
  expect(asked).toEqual([]);
});

it("measures how long an answer takes", async () => {
  let now = 0;
  const { openLink } = openHouse();
  const store = new LiveStore({ openLink, channels: [], now: () => (now += 5) });
  store.start();
  store.send("news", "say", { text: "hi" });
  await settled(store, ({ getState }) => getState().answer !== undefined);
  expect(store.getState().answer).toEqual({ kind: "answered", ms: 5 });
});

it("hangs up when it is stopped", () => {
  const { openLink, closedCount } = openHouse();
  const stop = new LiveStore({ openLink, channels: [] }).start();
  stop();
  expect(closedCount()).toBe(1);
});
