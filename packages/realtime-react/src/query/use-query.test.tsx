import { Activity, useLayoutEffect, useState } from "react";
import { expect, it } from "vitest";
import { useCount, useQuery, useQueryOne } from "../index.js";
import { settled } from "../testing/mount.js";
import { draw, Notes, rows, bodies } from "../testing/notes.js";
import { queryNode, type Note } from "../testing/query-node.js";

it("paints the rows and what changes, with one subscription for a new query object at each render", async () => {
  const node = await queryNode(rows("a"));
  const { text, draw: redraw } = draw(node, <Notes node={node} />);
  await expect.poll(text).toBe("a subscribed;");
  for (let time = 0; time < 3; time += 1) redraw(<Notes node={node} />);
  await settled();
  await node.set(rows("a", "b"));
  await expect.poll(text).toBe("a b subscribed;");
  expect(node.subscribes()).toBe(1);
});

it("shares a subscription among components, also one that comes later, which paints the rows at once", async () => {
  const node = await queryNode(rows("a"));
  const seen: string[] = [];
  const { text, draw: redraw } = draw(node, [<Notes key="1" node={node} />, <Notes key="2" node={node} />]);
  await expect.poll(text).toBe("a subscribed;a subscribed;");
  redraw([<Notes key="1" node={node} />, <Notes key="2" node={node} />, <Notes key="3" node={node} seen={seen} />]);
  await expect.poll(text).toBe("a subscribed;a subscribed;a subscribed;");
  expect(new Set(seen)).toEqual(new Set(["a subscribed;"]));
  expect([node.subscribes(), node.open.size]).toEqual([1, 1]);
});

it("ends the subscription with the last component, and subscribes for another query", async () => {
  const node = await queryNode(rows("a", "b"));
  const seen: string[] = [];
  const { text, draw: redraw } = draw(node, <Notes node={node} seen={seen} />);
  await expect.poll(text).toBe("a b subscribed;");
  redraw(<Notes node={node} limit={1} seen={seen} />);
  await expect.poll(text).toBe("a subscribed;");
  await expect.poll(() => node.open.size).toBe(1);
  expect(seen).toEqual([" subscribing;", "a b subscribed;", " subscribing;", "a subscribed;"]); // never the rows of another
  redraw(null);
  await expect.poll(() => node.open.size).toBe(0);
});

it("goes on from the rows that it had where its component comes back", async () => {
  const node = await queryNode(rows("a"));
  const seen: string[] = [];
  const page = (mode: "visible" | "hidden") => (
    <Activity mode={mode}>
      <Notes node={node} seen={seen} />
    </Activity>
  );
  const { text, draw: redraw } = draw(node, page("visible"));
  await expect.poll(text).toBe("a subscribed;");
  redraw(page("hidden"));
  await expect.poll(() => node.open.size).toBe(0);
  await node.set(rows("a", "b"));
  redraw(page("visible"));
  await expect.poll(text).toBe("a b subscribed;");
  expect(node.asks.at(-1)?.have?.length).toBe(1);
  expect(seen.slice(1).every((one) => one.startsWith("a"))).toBe(true);
});

it("goes on from the rows of another component where that was unmounted meanwhile", async () => {
  const node = await queryNode(rows("a"));
  const seen: string[] = [];
  const page = (isFirst: boolean, mode: "visible" | "hidden") => [
    isFirst && <Notes key="1" node={node} />,
    <Activity key="2" mode={mode}>
      <Notes node={node} seen={seen} />
    </Activity>,
  ];
  const { text, draw: redraw } = draw(node, page(true, "visible"));
  await expect.poll(text).toBe("a subscribed;a subscribed;");
  redraw(page(false, "hidden"));
  await expect.poll(() => node.open.size).toBe(0);
  redraw(page(false, "visible"));
  await expect.poll(() => node.open.size).toBe(1);
  await expect.poll(text).toBe("a subscribed;");
  expect(seen.slice(1).every((one) => one.startsWith("a"))).toBe(true);
});

it("keeps its rows while the connection is away", async () => {
  const node = await queryNode(rows("a"));
  const seen: string[] = [];
  const { text } = draw(node, <Notes node={node} seen={seen} />);
  await expect.poll(text).toBe("a subscribed;");
  const release = node.cutAndHold();
  await expect.poll(() => seen).toEqual([" subscribing;", "a subscribed;", "a subscribing stale;"]);
  release();
  await expect.poll(() => seen).toEqual([" subscribing;", "a subscribed;", "a subscribing stale;", "a subscribed;"]);
});

it("subscribes to nothing without a query, and begins when there is one", async () => {
  const node = await queryNode(rows("a"));
  function Maybe({ isWanted }: { readonly isWanted: boolean }) {
    const { records, status } = useQuery(isWanted ? node.query("notes") : undefined, { suspense: true });
    return `${bodies(records)} ${status}`;
  }
  const { text, draw: redraw } = draw(node, <Maybe isWanted={false} />);
  await settled();
  expect([text(), node.subscribes()]).toEqual([" idle", 0]);
  redraw(<Maybe isWanted />);
  await expect.poll(text).toBe("a subscribed");
  redraw(<Maybe isWanted={false} />);
  await expect.poll(text).toBe(" idle");
  await expect.poll(() => node.open.size).toBe(0);
});

it("gives the first row alone, and the number of rows", async () => {
  const node = await queryNode(rows("a", "b"));
  function Both() {
    const { record } = useQueryOne(node.query("notes").orderBy("id"));
    const { count, status } = useCount(node.query("notes"));
    return `${record?.body} ${count} ${status}`;
  }
  const { text } = draw(node, <Both />);
  await expect.poll(text).toBe("a 2 subscribed");
  await node.set([]);
  await expect.poll(text).toBe("undefined 0 subscribed");
});

it("paints a mutation at once in every component, and the server's row in its place", async () => {
  const node = await queryNode(rows("a"));
  let reply = (): void => undefined;
  node.gates.mutation = new Promise((resolve) => (reply = resolve));
  const seen: string[] = [];
  const { text } = draw(node, [<Notes key="1" node={node} seen={seen} />, <Notes key="2" node={node} limit={9} />]);
  await expect.poll(text).toBe("a subscribed;a subscribed;");
  const created = node.createRecord("notes", { id: "b", body: "b" });
  await expect.poll(text).toBe("a b subscribed;a b subscribed;");
  reply();
  await created;
  await settled();
  expect(seen).toEqual([" subscribing;", "a subscribed;", "a b subscribed;"]);
});

it("leaves a row that has not changed as it is, so that a memoised component is not rendered again", async () => {
  const node = await queryNode(rows("a", "b"));
  const objects: (readonly Note[])[] = [];
  function Keep() {
    const { records } = useQuery(node.query("notes"));
    const [first] = useState(() => objects);
    useLayoutEffect(() => void first.push(records));
    return bodies(records);
  }
  const { text, draw: redraw } = draw(node, <Keep />);
  await expect.poll(text).toBe("a b");
  redraw(<Keep />);
  await expect.poll(text).toBe("a b");
  expect(new Set(objects.filter(({ length }) => length > 0)).size).toBe(1);
});
