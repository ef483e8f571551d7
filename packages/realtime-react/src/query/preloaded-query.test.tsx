import type { PreloadedQuery } from "@repo/realtime-client/query";
import { useLayoutEffect } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { useQuery } from "../index.js";
import { hydrate, mount, page, settled } from "../testing/mount.js";
import { queryNode, type Note } from "../testing/query-node.js";

type Node = Awaited<ReturnType<typeof queryNode>>;
const rows = (...bodies: readonly string[]): readonly Note[] => bodies.map((body) => ({ id: body, body }));

interface NotesProps {
  readonly node: Node;
  readonly preloaded?: PreloadedQuery<Note> | undefined;
  readonly limit?: number;
  readonly seen?: string[];
}

function Notes({ node, preloaded, limit = 9, seen }: NotesProps) {
  const { records, isStale, status } = useQuery(node.query("notes").limit(limit), {
    preloaded: preloaded && { ...preloaded }, // as a Server Component gives it: a new object at each render
    suspense: true,
  });
  const text = `${records.map(({ body }) => body).join(" ")}${isStale ? " stale" : ""}`;
  useLayoutEffect(() => {
    if (seen?.at(-1) !== text) seen?.push(text);
  }, [seen, text]);
  return <p title={status === "idle" ? status : undefined}>{text}</p>;
}

/** Waits for nothing. */
function Plain({ node }: { readonly node: Node }) {
  return <b>{useQuery(node.query("notes").limit(9)).records.length}</b>;
}

it("paints what the server rendered, then the difference, and nothing else", async () => {
  const node = await queryNode(rows("a", "b"));
  const preloaded = node.preload(node.query("notes").limit(9));
  const html = renderToString(page(node.client as never, <Notes node={node} preloaded={preloaded} />));
  expect(html).toBe("<p>a b</p>");
  expect(node.subscribes()).toBe(0);
  await node.set(rows("b", "c")); // while the page is on its way
  const { painted, mended, text } = hydrate(node.client as never, <Notes node={node} preloaded={preloaded} />, html);
  await expect.poll(text).toBe("b c");
  await node.set(rows("c"));
  await expect.poll(text).toBe("c");
  expect(mended).toEqual([]);
  expect([...new Set(painted)]).toEqual(["<p>a b</p>", "<p>b c</p>", "<p>c</p>"]);
  expect(node.asks).toMatchObject([{ have: [expect.any(String), expect.any(String)] }]);
});

it("waits for nothing where the server has found no rows", async () => {
  const node = await queryNode([]);
  const seen: string[] = [];
  node.gates.opening = new Promise(() => undefined);
  mount(node.client as never, <Notes node={node} preloaded={node.preload(node.query("notes").limit(9))} seen={seen} />);
  await expect.poll(() => seen).toEqual([""]);
});

it("paints its rows where others wait for theirs already, which get them too", async () => {
  const node = await queryNode(rows("a"));
  const preloaded = node.preload(node.query("notes").limit(9));
  const seen: string[] = [];
  node.gates.opening = new Promise(() => undefined);
  const { text, draw } = mount(node.client as never, <Plain node={node} />);
  await expect.poll(() => node.asks.length).toBe(1);
  const both = [<Plain key="plain" node={node} />, <Notes key="notes" node={node} preloaded={preloaded} seen={seen} />];
  draw(both);
  await expect.poll(text).toBe("1a");
  expect(seen).toEqual(["a"]);
});

it("paints the newer rows of others instead, once the page is hydrated", async () => {
  const node = await queryNode(rows("a"));
  const preloaded = node.preload(node.query("notes").limit(9));
  const html = renderToString(page(node.client as never, <Notes node={node} preloaded={preloaded} />));
  const other = mount(node.client as never, <Plain node={node} />);
  await node.set(rows("a", "b"));
  await expect.poll(other.text).toBe("2");
  const { painted, mended, text } = hydrate(node.client as never, <Notes node={node} preloaded={preloaded} />, html);
  await expect.poll(text).toBe("a b");
  expect(mended).toEqual([]);
  expect([...new Set(painted)]).toEqual(["<p>a</p>", "<p>a b</p>"]);
  expect(node.subscribes()).toBe(1);
});

it("takes no rows of another query", async () => {
  const node = await queryNode(rows("a", "b"));
  const preloaded = node.preload(node.query("notes").limit(9));
  const seen: string[] = [];
  const { draw } = mount(node.client as never, <Notes node={node} preloaded={preloaded} seen={seen} />);
  await settled();
  draw(<Notes node={node} preloaded={preloaded} limit={1} seen={seen} />);
  await expect.poll(() => seen).toEqual(["a b", "a"]);
});

it("is not stale until it has been up to date once", async () => {
  const node = await queryNode(rows("a"));
  const seen: string[] = [];
  const preloaded = node.preload(node.query("notes").limit(9));
  mount(node.client as never, <Notes node={node} preloaded={preloaded} seen={seen} />);
  await expect.poll(() => node.open.size).toBe(1);
  await settled();
  const release = node.cutAndHold();
  await expect.poll(() => seen).toEqual(["a", "a stale"]);
  release();
  await expect.poll(() => seen).toEqual(["a", "a stale", "a"]);
});
