import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { useLayoutEffect } from "react";
import { expect, it, vi } from "vitest";
import { hooks, mount } from "../testing/mount.js";
import { nodeUnderTest, type Task } from "../testing/node-under-test.js";

const titled = (title: string) => (task: Task) => ({ ...task, title });

/** A page with the rows of the node, and what one can do there. */
async function board() {
  const node = await nodeUnderTest();
  const load = vi.fn(async () => node.copy());
  let rename: ((id: string, title: string) => Promise<unknown>) | undefined;
  function Board() {
    const { rows, collection, publish, status, isStale } = hooks.useOptimisticCollection(
      "entity:task",
      {},
      {
        key: ({ id }: Task) => id,
        version: ({ version }) => version,
        compare: (a, b) => a.id.localeCompare(b.id),
        read: (message) => readEntity<Task>(message as EntityMessage<Task>),
        load,
      },
    );
    useLayoutEffect(() => {
      rename = (id, title) =>
        collection.update(
          id,
          titled(title),
          async (mutation) => (await publish("rename", { id, title, mutationId: mutation.mutationId })) as Task,
        );
    });
    const pending = rows.filter(({ id }) => collection.pendingOf(id).length > 0);
    return `${status}: ${rows.map(({ title }) => title).join(" ")} (${pending.length})${isStale ? " …" : ""}`;
  }
  const page = mount(node.client, <Board />);
  await expect.poll(page.text).toBe("subscribed: one two (0)");
  return { ...node, ...page, load, rename: (id: string, title: string) => rename?.(id, title) };
}

it("loads a copy once under StrictMode, and shows what others do", async () => {
  const { load, put, text, sent } = await board();
  await put("2", "zwei");
  await put("3", "drei");
  await expect.poll(text).toBe("subscribed: one zwei drei (0)");
  expect(load).toHaveBeenCalledOnce();
  expect(sent()).toEqual(["subscribe entity:task"]);
});

it("shows one's own change at once, and then the server's row", async () => {
  const { rename, text, tasks } = await board();
  const done = rename("1", "uno");
  await expect.poll(text).toBe("subscribed: uno two (1)");
  await expect(done).resolves.toEqual({ id: "1", title: "uno", version: 2 });
  await expect.poll(text).toBe("subscribed: uno two (0)");
  expect(tasks.get("1")?.title).toBe("uno");
});

it("reverts a refused change alone, and rejects with the reason", async () => {
  const { rename, text } = await board();
  const accepted = rename("1", "uno");
  const refused = rename("2", "forbidden");
  await expect.poll(text).toContain("uno forbidden");
  await expect(refused).rejects.toMatchObject({ code: "HANDLER_FAILED" });
  await accepted;
  await expect.poll(text).toBe("subscribed: uno two (0)");
});

it("shows what is done offline at once, and sends it to the server afterwards", async () => {
  const { client, server, rename, text, tasks } = await board();
  server.close();
  const done = rename("1", "uno");
  await expect.poll(text).toContain("uno two (1)");
  expect(tasks.get("1")?.title).toBe("one");
  await done;
  expect(client.state.status).toBe("connected");
  await expect.poll(text).toBe("subscribed: uno two (0)");
});

it("loads a copy again where messages were missed for good", async () => {
  const { client, load, put, text } = await board();
  const { handle, cut } = { handle: client.channel("entity:task"), cut: client.disconnect };
  cut();
  for (let count = 0; count < 60; count += 1) await put("2", `two ${count}`); // more than the channel keeps
  client.connect();
  await expect.poll(text).toBe("subscribed: one two 59 (0)");
  expect(load).toHaveBeenCalledTimes(2);
  expect(handle.status).toBe("subscribed");
});
