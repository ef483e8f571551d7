import type { IRealtimeTransport, LinkEvents } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { Component, Suspense, useEffect, type ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { hooks, mount, settled } from "../testing/mount.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import { list } from "../testing/test-channels.js";

const { useChannel, useEvent } = hooks;

interface PageProps {
  readonly page: number;
  readonly suspense?: boolean;
}

function Page({ page, suspense = false }: PageProps) {
  const { status, opening, isStale } = useChannel("lists.{listId}", { listId: "7" }, { ask: { page }, suspense });
  return `${page} ${status} ${opening?.page ?? "-"}${isStale ? " stale" : ""};`;
}

it("subscribes anew when the ask changes, and paints the new opening, with no gap", async () => {
  const { client, sent } = await nodeUnderTest();
  const { text, draw } = mount(client, <Page page={1} />);
  await expect.poll(text).toBe("1 subscribed 1;");
  draw(<Page page={2} />);
  await expect.poll(text).toBe("2 subscribed 2;");
  expect(sent()).toEqual(["subscribe lists.7", "subscribe lists.7"]);
});

it("does so for all components of a page at once", async () => {
  const { client } = await nodeUnderTest();
  const both = (page: number) => [<Page key="a" page={page} />, <Page key="b" page={page} />];
  const { text, draw } = mount(client, both(1));
  await expect.poll(text).toBe("1 subscribed 1;1 subscribed 1;");
  draw(both(2));
  await expect.poll(text).toBe("2 subscribed 2;2 subscribed 2;");
});

it("does so with Suspense too, without hiding what is painted", async () => {
  const { client } = await nodeUnderTest();
  const drawn = (page: number) => (
    <Suspense fallback="waiting">
      <Page page={page} suspense />
    </Suspense>
  );
  const { text, draw } = mount(client, drawn(1));
  await expect.poll(text).toBe("1 subscribed 1;");
  draw(drawn(2));
  await expect.poll(text).toBe("2 subscribed 2;");
});

class Boundary extends Component<{ readonly children: ReactNode }> {
  override state = { why: "" };
  static getDerivedStateFromError = ({ message }: Error) => ({ why: message });
  override render() {
    return this.state.why || this.props.children;
  }
}

it("throws where two components have different asks of one channel", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined); // React reports what a boundary caught
  const { client } = await nodeUnderTest();
  const { text } = mount(
    client,
    <Boundary>
      <Page page={1} />
      <Page page={2} />
    </Boundary>,
  );
  await expect.poll(text).toContain("is in use with another ask");
  vi.mocked(console.error).mockClear();
});

it("listens to events with an ask", async () => {
  const { client, realtime } = await nodeUnderTest();
  const received: string[] = [];
  function Named() {
    useEvent("lists.{listId}", { listId: "7" }, { message: ({ row }) => received.push(row) }, { ask: { page: 1 } });
    return null;
  }
  mount(client, <Named />);
  await expect
    .poll(() => client.channel("lists.{listId}", { listId: "7" }, { ask: { page: 1 } }).status)
    .toBe("subscribed");
  await realtime.broadcaster.broadcast(list.at({ listId: "7" }), { row: "new" });
  await expect.poll(() => received).toEqual(["new"]);
});

it("is stale from the end of a subscription until it is subscribed again", async () => {
  const { server } = await nodeUnderTest();
  let events: LinkEvents | undefined;
  const { open } = memory(server);
  const transport: IRealtimeTransport = { name: "memory", open: (request, given) => open(request, (events = given)) };
  const { client } = await nodeUnderTest({ transports: [transport] });
  const seen: string[] = [];
  function Seen() {
    const { status, isStale, error } = useChannel("lists.{listId}", { listId: "7" }, { ask: { page: 1 } });
    const text = `${status} ${isStale} ${error?.code ?? "-"}`;
    useEffect(() => void seen.push(text), [text]);
    return text;
  }
  const { text } = mount(client, <Seen />);
  await expect.poll(text).toBe("subscribed false -");
  events?.onFrame({ type: "left", channel: "lists.7", error: { code: "GAP", message: "lost", retry: "later" } });
  await expect.poll(text).toBe("subscribed false -");
  await expect.poll(() => seen).toContain("subscribing true GAP");
});

function Ordered({ ask }: { readonly ask: { readonly page: number } }) {
  const { status } = useChannel("lists.{listId}", { listId: "7" }, { ask });
  useEvent("lists.{listId}", { listId: "7" }, {}, { ask });
  return `${status};`;
}

it("takes asks of equal value as one, in whatever order their members are written", async () => {
  const { client, sent } = await nodeUnderTest();
  const [one, other] = [
    { page: 1, size: 2 },
    { size: 2, page: 1 },
  ]; // the channel reads `page` alone
  const drawn = (first: typeof one, second: typeof one) => [
    <Ordered key="a" ask={first} />,
    <Ordered key="b" ask={second} />,
  ];
  const { text, draw } = mount(client, drawn(one, other));
  await expect.poll(text).toBe("subscribed;subscribed;");
  draw(drawn(other, one));
  await settled();
  expect(text()).toBe("subscribed;subscribed;");
  expect(sent()).toEqual(["subscribe lists.7"]);
});
