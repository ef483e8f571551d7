import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { expect, it } from "vitest";
import { hooks, mount } from "../testing/mount.js";
import { nodeUnderTest, type Task } from "../testing/node-under-test.js";

it("stays stale until the newest of several overlapping loads has arrived", async () => {
  const { client, copy, put } = await nodeUnderTest();
  const loads: (() => void)[] = [];
  const load = async () => new Promise<readonly Task[]>((resolve) => loads.push(() => resolve(copy())));
  function Tasks() {
    const { rows, isStale } = hooks.useOptimisticCollection(
      "entity:task",
      {},
      {
        key: ({ id }: Task) => id,
        version: ({ version }) => version,
        read: (message) => readEntity<Task>(message as EntityMessage<Task>),
        load,
      },
    );
    return `${rows.map(({ title }) => title).join(" ")}${isStale ? " stale" : ""}`;
  }
  const { text } = mount(client, <Tasks />);
  const missForGood = async (title: string) => {
    const before = loads.length;
    client.disconnect();
    for (let count = 0; count < 60; count += 1) await put("2", `${title}-${count}`); // more than the channel keeps
    client.connect();
    await expect.poll(() => loads.length).toBe(before + 1);
  };
  await expect.poll(() => loads.length).toBe(1);
  loads[0]?.();
  await expect.poll(text).toBe("one two");
  await missForGood("b");
  await missForGood("c");
  loads[1]?.();
  await put("3", "live"); // arrives after the older copy was dropped
  await expect.poll(text).toBe("one two live stale");
  loads[2]?.();
  await expect.poll(text).toBe("one c-59 live");
});
