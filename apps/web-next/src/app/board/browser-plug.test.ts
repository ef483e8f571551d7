import type { IRealtimeTransport, LinkEvents } from "@repo/realtime-client";
import { expect, it, vi } from "vitest";
import { BrowserPlug } from "./browser-plug";

function plugged() {
  const plug = new BrowserPlug();
  const links: { events: LinkEvents; send: ReturnType<typeof vi.fn>; close: ReturnType<typeof vi.fn> }[] = [];
  const transport: IRealtimeTransport = {
    name: "wire",
    open(_, events) {
      const link = { events, send: vi.fn(), close: vi.fn() };
      links.push(link);
      return link;
    },
  };
  const received: string[] = [];
  const open = () =>
    plug
      .on(transport)
      .open(
        { url: "/", token: undefined },
        { onFrame: ({ type }) => received.push(type), onClose: (code) => received.push(`closed ${code}`) },
      );
  return { plug, links, received, open };
}

it("changes nothing while it is in", () => {
  const { links, received, open } = plugged();
  const link = open();
  link.send({ type: "ping" });
  links[0]?.events.onFrame({ type: "pong" });
  links[0]?.events.onClose(4100);
  expect(links[0]?.send).toHaveBeenCalledWith({ type: "ping" });
  expect(received).toEqual(["pong", "closed 4100"]);
});

it("ends what is open when it is pulled, without a code: the client means to come back", () => {
  const { plug, links, received, open } = plugged();
  open();
  plug.pull();
  expect(links[0]?.close).toHaveBeenCalledOnce();
  expect(received).toEqual(["closed undefined"]);
});

it("passes nothing while it is out, and reports it a turn later", async () => {
  const { plug, links, received, open } = plugged();
  plug.pull();
  open();
  expect(received).toEqual([]);
  await expect.poll(() => received).toEqual(["closed undefined"]);
  expect(links).toEqual([]);
});

it("reports that the network is there again when it is put back", () => {
  const { plug, links, open } = plugged();
  const [online, changed] = [vi.fn(), vi.fn()];
  const page = new EventTarget();
  vi.stubGlobal("dispatchEvent", (event: Event) => page.dispatchEvent(event));
  page.addEventListener("online", online);
  plug.watch(changed);
  plug.pull();
  plug.putBack();
  open();
  expect([changed.mock.calls.length, online.mock.calls.length, links.length, plug.isPulled]).toEqual([2, 1, 1, false]);
});
