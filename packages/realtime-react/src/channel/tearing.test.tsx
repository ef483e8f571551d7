import type { RealtimeClient } from "@repo/realtime-client";
import { startTransition, useLayoutEffect, useState } from "react";
import { expect, it } from "vitest";
import { hooks, mount } from "../testing/mount.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import type { TestChannels } from "../testing/test-channels.js";

const ROWS = 40;
const ROW_MS = 3; // longer than it takes React to give way once or twice on the way through all rows

/** A long list of which each row reads the channel, rendered in slices while messages come in. Returns what was committed. */
async function committedBy(useStatus: (client: RealtimeClient<TestChannels>) => string | undefined) {
  const { client, broadcast } = await nodeUnderTest();
  const commits: ReadonlySet<string>[] = [];
  let show: (() => void) | undefined;
  let rendered = 0;
  function Row() {
    const text = useStatus(client);
    count();
    const until = performance.now() + ROW_MS;
    while (performance.now() < until);
    return <li>{text}</li>;
  }
  const count = () => (rendered += 1);
  function List() {
    const [isShown, setShown] = useState(false);
    hooks.useEvent("orders.{orderId}.status", { orderId: "7" }, {}); // somebody has been listening before
    useLayoutEffect(() => void (show = () => startTransition(() => setShown(true))), []);
    useLayoutEffect(() => {
      const texts = [...container.querySelectorAll("li")].map(({ textContent }) => textContent);
      if (texts.length > 0) commits.push(new Set(texts));
    });
    return isShown && Array.from({ length: ROWS }, (_, row) => <Row key={row} />);
  }
  const { container } = mount(client, <List />);
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  show?.();
  for (const [slice, status] of ["placed", "paid", "shipped"].entries()) {
    while (rendered < (slice + 1) * 8) await new Promise((resolve) => setImmediate(resolve));
    await broadcast("7", status); // in the middle of the list
  }
  await expect.poll(() => commits.length).toBeGreaterThan(0);
  return commits;
}

it("paints one and the same message in all components, also where React renders in slices", async () => {
  const commits = await committedBy(
    () => hooks.useChannel("orders.{orderId}.status", { orderId: "7" }).latest?.payload.status,
  );
  expect(commits.map(({ size }) => size)).toEqual(commits.map(() => 1));
});

it("would notice a hook that tears (the control)", async () => {
  const commits = await committedBy(
    (client) => client.channel("orders.{orderId}.status", { orderId: "7" }).latest?.payload.status,
  );
  expect(commits.some(({ size }) => size > 1)).toBe(true);
});
