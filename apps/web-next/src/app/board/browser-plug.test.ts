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
  const heard: string[] = [];
  const open = () =>
    plug
      .on(transport)
      .open(
        { url: "/", token: undefined },
        { onFrame: ({ type }) => heard.push(type), onClose: (code) => heard.push(`closed ${code}`) },
      );
  return { plug, links, heard, open };
}

it("changes nothing while it is in", () => {
  const { links, heard, open } = plugged();
  const link = open();
  link.send({ type: "ping" });
  links[0]?.events.onFrame({ type: "pong" });
  links[0]?.events.onClose(4100);
  expect(links[0]?.send).toHaveBeenCalledWith({ type: "ping" });
  expect(heard).toEqual(["pong", "closed 4100"]);
});

it("ends what is open when it is pulled, without a code: the client means to come back", () => {
  const { plug, links, heard, open } = plugged();
  open();
  plug.pull();
  expect(links[0]?.close).toHaveBeenCalledOnce();
  expect(heard).toEqual(["closed undefined"]);
});

it("lets nothing through while it is out, and tells so a turn later", async () => {
  const { plug, links, heard, open } = plugged();
  plug.pull();
  open();
  expect(heard).toEqual([]);
  await expect.poll(() => heard).toEqual(["closed undefined"]);
  expect(links).toEqual([]);
});

it("says that the network is there again when it is put back", () => {
  const { plug, links, open } = plugged();
  const [online, changed] = [vi.fn(), vi.fn()];
  const page = new EventTarget();
  vi.stubGlobal("dispatchEvent", (event: Event) => page.dispatchEvent(event));
  page.addEventListener("online", online);
  plug.watch(changed);
  plug.pull();
  plug.putBack();
  open();
  vi.unstubAllGlobals();
  expect([changed.mock.calls.length, online.mock.calls.length, links.length, plug.isPulled]).toEqual([2, 1, 1, false]);
});
