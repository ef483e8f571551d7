import { startTransition, useLayoutEffect, useState } from "react";
import { expect, it } from "vitest";
import { useQuery } from "../index.js";
import { mount } from "../testing/mount.js";
import { queryNode } from "../testing/query-node.js";

const ROWS = 40;
const ROW_MS = 3; // longer than it takes React to give way once or twice on the way through all rows

/** A long list of which each row reads the query, rendered in slices while changes come in. Records what was committed. */
async function committedBy(useBody: (node: Awaited<ReturnType<typeof queryNode>>) => string | undefined) {
  const node = await queryNode([{ id: "a", body: "first" }]);
  const commits: ReadonlySet<string>[] = [];
  let show: (() => void) | undefined;
  let rendered = 0;
  function Row() {
    const text = useBody(node);
    count();
    const until = performance.now() + ROW_MS;
    while (performance.now() < until);
    return <li>{text}</li>;
  }
  const count = () => (rendered += 1);
  function List() {
    const [isShown, setShown] = useState(false);
    useLayoutEffect(() => void (show = () => startTransition(() => setShown(true))), []);
    useLayoutEffect(() => {
      const texts = [...container.querySelectorAll("li")].map(({ textContent }) => textContent);
      if (texts.length > 0) commits.push(new Set(texts));
    });
    return isShown && Array.from({ length: ROWS }, (_, row) => <Row key={row} />);
  }
  node.query("notes").watch(() => undefined); // somebody has been watching before
  const { container } = mount(node.client as never, <List />);
  await expect.poll(() => node.open.size).toBe(1);
  show?.();
  for (const [slice, body] of ["second", "third", "fourth"].entries()) {
    while (rendered < (slice + 1) * 8) await new Promise((resolve) => setImmediate(resolve));
    await node.set([{ id: "a", body }]); // in the middle of the list
  }
  await expect.poll(() => commits.length).toBeGreaterThan(0);
  return commits;
}

it("paints one and the same result in all components, also where React renders in slices", async () => {
  const commits = await committedBy((node) => useQuery(node.query("notes")).records[0]?.body);
  expect(commits.map(({ size }) => size)).toEqual(commits.map(() => 1));
});

it("would notice a hook that tears (the control)", async () => {
  const commits = await committedBy(
    (node) => node.query("notes").live().shared.snapshot.rows[0]?.body as string | undefined,
  );
  expect(commits.some(({ size }) => size > 1)).toBe(true);
});
