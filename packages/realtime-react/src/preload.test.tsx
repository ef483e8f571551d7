import { Activity, useLayoutEffect } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { preloadChannel, type Preloaded } from "./server.js";
import { hooks, hydrate, mount, page, settled } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";
import { back, list, orderStatus } from "./testing/test-channels.js";

interface OrderProps {
  readonly preloaded: Preloaded<readonly string[]>;
  readonly id?: string;
  readonly seen?: string[];
}

/** All that an order has been through: a message that is missed or delivered twice shows. */
function Order({ preloaded, id = "7", seen }: OrderProps) {
  const { data, isStale } = hooks.useChannel(
    "orders.{orderId}.status",
    { orderId: id },
    { preloaded, reduce: (trail: readonly string[], { payload }) => [...trail, payload.status] },
  );
  const text = `${data?.join(" ")}${isStale ? " …" : ""}`;
  useLayoutEffect(() => void seen?.push(text), [seen, text]);
  return <p>{text}</p>;
}

function Badge() {
  return hooks.useChannel("orders.{orderId}.status", { orderId: "7" }).latest?.payload.status ?? "-";
}

/** A node on which order 7 was placed, and a page that knows of it; what it knows is what was published. */
async function preloadedNode() {
  const node = await nodeUnderTest();
  const trail: string[] = [];
  const broadcast = async (status: string) => {
    trail.push(status);
    await node.broadcast("7", status);
  };
  const preload = async () =>
    JSON.parse(
      JSON.stringify(
        await preloadChannel(orderStatus.at({ orderId: "7" }), { history: node.history, load: () => [...trail] }),
      ),
    ) as Preloaded<readonly string[]>;
  await broadcast("placed");
  return { ...node, broadcast, preload };
}

it("reads the position before the data, and from a channel that keeps one alone", async () => {
  const { history, broadcast } = await preloadedNode();
  const load = async () => broadcast("meanwhile");
  expect(await preloadChannel(orderStatus.at({ orderId: "7" }), { history, load })).toMatchObject({
    channel: "orders.7.status",
    position: { offset: 1 },
  });
  await expect(preloadChannel(back, { history, load: () => 1 })).rejects.toThrow("keeps no history");
});

it("paints what the server rendered, then what was published since, and nothing else", async () => {
  const { client, preload, broadcast, frames } = await preloadedNode();
  const preloaded = await preload();
  const html = renderToString(page(client, <Order preloaded={preloaded} />));
  expect(html).toBe("<p>placed</p>");
  await broadcast("paid"); // while the page is on its way
  const { painted, mended, text } = hydrate(client, <Order preloaded={preloaded} />, html);
  await expect.poll(text).toBe("placed paid");
  await broadcast("shipped");
  await expect.poll(text).toBe("placed paid shipped");
  expect(mended).toEqual([]);
  expect([...new Set(painted)]).toEqual(["<p>placed</p>", "<p>placed paid</p>", "<p>placed paid shipped</p>"]);
  expect(frames.find(({ type }) => type === "subscribe")).toMatchObject({ since: preloaded.position });
});

it("misses nothing where another component subscribes in the same turn, without data", async () => {
  const { client, preload, broadcast } = await preloadedNode();
  const preloaded = await preload();
  await broadcast("paid");
  const { text } = mount(client, [<Badge key="badge" />, <Order key="order" preloaded={preloaded} />]);
  await expect.poll(text).toBe("paidplaced paid");
});

const LIST = ["lists.{listId}", { listId: "7" }] as const;

/** The newest row of a page, without data. */
function Newest() {
  const { latest } = hooks.useChannel(...LIST, { ask: { page: 1 } });
  return <b>{latest?.payload.row}</b>;
}

/** The rows of a page, from data. */
function Rows({
  preloaded,
  page: at = 1,
}: {
  readonly preloaded: Preloaded<readonly string[]>;
  readonly page?: number;
}) {
  const { data, isStale } = hooks.useChannel(...LIST, {
    ask: { page: at },
    preloaded,
    reduce: (rows: readonly string[], { payload }) => [...rows, payload.row],
  });
  return <p>{`${data?.join(" ")}${isStale ? " …" : ""}`}</p>;
}

it("misses nothing where another component subscribes in the same turn with the same ask, without data", async () => {
  const { client, realtime, history, frames } = await nodeUnderTest();
  const broadcast = (row: string) => realtime.broadcaster.broadcast(list.at({ listId: "7" }), { row });
  await broadcast("a");
  const preloaded = await preloadChannel(list.at({ listId: "7" }), { history, load: () => ["a"] });
  await broadcast("b");
  const { text, draw } = mount(client, [<Newest key="newest" />, <Rows key="rows" preloaded={preloaded} />]);
  await expect.poll(text).toBe("ba b");
  draw(<Rows key="rows" preloaded={preloaded} page={2} />); // another ask, while that of the render before is in use
  await expect.poll(() => frames.findLast(({ type }) => type === "subscribe")).toMatchObject({ ask: { page: 2 } });
  await expect.poll(text).toBe("a b");
});

it("misses nothing where others have been listening for long", async () => {
  const { client, preload, broadcast } = await preloadedNode();
  const { text, draw } = mount(client, <Badge />);
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  const preloaded = await preload();
  await broadcast("paid");
  await expect.poll(text).toBe("paid");
  draw([<Badge key="badge" />, <Order key="order" preloaded={preloaded} />]);
  await expect.poll(text).toBe("paidplaced paid");
  await broadcast("shipped");
  await expect.poll(text).toBe("shippedplaced paid shipped");
});

it("misses nothing and delivers nothing twice after a while unmounted", async () => {
  const { client, preload, broadcast, sent } = await preloadedNode();
  const preloaded = await preload();
  const inSight = (mode: "visible" | "hidden") => (
    <Activity mode={mode}>
      <Order preloaded={preloaded} />
    </Activity>
  );
  await broadcast("paid");
  const { text, draw } = mount(client, inSight("visible"));
  await expect.poll(text).toBe("placed paid");
  draw(inSight("hidden"));
  await expect.poll(sent).toEqual(["subscribe orders.7.status", "unsubscribe orders.7.status"]);
  await broadcast("shipped");
  draw(inSight("visible"));
  await expect.poll(text).toBe("placed paid shipped");
});

it("shows that something is missing for good, and goes on from the next data without losing what came since", async () => {
  const { client, preload, broadcast } = await preloadedNode();
  const preloaded = await preload();
  for (const status of ["a", "b", "c", "d", "e", "f"]) await broadcast(status); // more than the channel keeps
  const { text, draw } = mount(client, <Order preloaded={preloaded} />);
  await expect.poll(text).toBe("placed …");
  const next = await preload();
  await broadcast("late");
  await expect.poll(text).toBe("placed late …");
  draw(<Order preloaded={next} />);
  await expect.poll(text).toBe("placed a b c d e f late");
  await broadcast("later");
  await expect.poll(text).toBe("placed a b c d e f late later");
});

it("takes no other data where nothing was missed: what came live is as new", async () => {
  const { client, preload, broadcast } = await preloadedNode();
  const preloaded = await preload();
  const { text, draw } = mount(client, <Order preloaded={preloaded} />);
  await broadcast("paid");
  await expect.poll(text).toBe("placed paid");
  draw(<Order preloaded={{ ...preloaded, data: ["as it was when the page was rendered"] }} />);
  await settled();
  expect(text()).toBe("placed paid");
});

it("delivers nothing twice where the data are newer than what this page's connection has received", async () => {
  const { client, preload, broadcast } = await preloadedNode();
  const { text, draw } = mount(client, <Badge />);
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  client.disconnect();
  await broadcast("paid");
  draw([<Badge key="badge" />, <Order key="order" preloaded={await preload()} />]);
  await expect.poll(text).toBe("-placed paid");
  client.connect();
  await broadcast("shipped");
  await expect.poll(text).toBe("shippedplaced paid shipped");
});

it("paints no data of another channel", async () => {
  const { client, preload } = await preloadedNode();
  const preloaded = await preload();
  const seen: string[] = [];
  const { text, draw } = mount(client, <Order preloaded={preloaded} seen={seen} />);
  await expect.poll(text).toBe("placed");
  draw(<Order preloaded={preloaded} id="8" seen={seen} />);
  await expect.poll(text).toBe("undefined");
  expect([...new Set(seen)]).toEqual(["placed", "undefined"]);
});
