import { Suspense } from "react";
import { expect, it, onTestFinished, vi } from "vitest";
import { draw, Notes, rows } from "../testing/notes.js";
import { queryNode } from "../testing/query-node.js";

it("waits in Suspense for the first result, and hides nothing afterwards", async () => {
  const node = await queryNode(rows("a"));
  let open = (): void => undefined;
  node.gates.opening = new Promise((resolve) => (open = resolve));
  const seen: string[] = [];
  const page = (
    <Suspense fallback="waiting">
      <Notes node={node} suspense seen={seen} />
      <Notes node={node} suspense />
    </Suspense>
  );
  const { text } = draw(node, page);
  await expect.poll(text).toBe("waiting");
  open();
  await expect.poll(text).toBe("a subscribed;a subscribed;");
  expect(node.subscribes()).toBe(1);
  const release = node.cutAndHold();
  await expect.poll(() => seen).toEqual(["a subscribed;", "a subscribing stale;"]);
  release();
  await expect.poll(() => seen).toEqual(["a subscribed;", "a subscribing stale;", "a subscribed;"]);
});

it("waits ten seconds at most, and hides nothing later", async () => {
  const node = await queryNode(rows("a"));
  node.gates.opening = new Promise(() => undefined);
  const page = (
    <Suspense fallback="waiting">
      <Notes node={node} suspense />
    </Suspense>
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { text, draw: redraw } = draw(node, page);
  await vi.waitFor(() => expect(text()).toBe("waiting"));
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(text()).toBe(" subscribing;"));
  await vi.advanceTimersByTimeAsync(10_000); // the waiting has ended its subscription
  redraw(<Suspense fallback="waiting">{<Notes node={node} suspense seen={[]} />}</Suspense>);
  await vi.advanceTimersByTimeAsync(1_000);
  await vi.waitFor(() => expect(text()).toBe(" subscribing;"));
});
