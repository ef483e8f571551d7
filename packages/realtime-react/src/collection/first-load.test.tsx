import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { expect, it, vi } from "vitest";
import { hooks, mount } from "../testing/mount.js";
import { nodeUnderTest, type Task } from "../testing/node-under-test.js";

/** A page of rows that loads them itself, and what it shows. */
function pageOf(load: () => Promise<readonly Task[]>, onError: (cause: unknown) => void) {
  return function Tasks() {
    const { rows, status, isStale, loadError } = hooks.useOptimisticCollection(
      "entity:task",
      {},
      {
        key: ({ id }: Task) => id,
        version: ({ version }) => version,
        read: (message) => readEntity<Task>(message as EntityMessage<Task>),
        load,
        onError,
      },
    );
    const trouble = isStale ? ` stale: ${loadError instanceof Error && loadError.message}` : "";
    return `${status}: ${rows.map(({ title }) => title).join(" ")}${trouble}`;
  };
}

it("shows that a first load has failed, and the rows once it works", { timeout: 30_000 }, async () => {
  const { client, copy } = await nodeUnderTest();
  let works = false;
  const load = async () => {
    if (!works) throw new Error("offline");
    return copy();
  };
  const onError = vi.fn();
  const Tasks = pageOf(load, onError);
  const { text } = mount(client, <Tasks />);
  await expect.poll(text).toBe("subscribed:  stale: offline");
  works = true;
  await expect.poll(text, { timeout: 20_000 }).toBe("subscribed: one two");
  expect(onError.mock.calls).toEqual([[new Error("offline")]]);
});

it("loads again where the component comes back after a load that failed", { timeout: 30_000 }, async () => {
  const { client, copy } = await nodeUnderTest();
  const load = vi.fn(async () => copy()).mockRejectedValueOnce(new Error("offline"));
  const Tasks = pageOf(load, () => undefined);
  const { text, draw } = mount(client, <Tasks />);
  await expect.poll(() => load.mock.calls.length).toBeGreaterThan(0);
  draw(null);
  await expect.poll(text).toBe("");
  draw(<Tasks />);
  await expect.poll(text, { timeout: 20_000 }).toBe("subscribed: one two");
});
