import { createRealtimeClient } from "fourgate/client";
import { memory } from "fourgate/client/memory";
import { createRealtime, InMemoryRealtimeServer } from "fourgate/server";
import { fixedUser } from "fourgate/testing";
import { expect, it, onTestFinished } from "vitest";
import { onTodo } from "./on-todo.handler.js";
import { openTodos } from "./todo-list.js";
import { todosChannel } from "./todos.channel.js";

async function openLists() {
  const rows = new Map([["1", { id: "1", title: "Milk", version: 1 }]]);
  const realtime = createRealtime({ authenticator: fixedUser({ userId: "mia", roles: [] }) });
  realtime.registry.register(todosChannel, onTodo(rows));
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(() => realtime.close({ drainMs: 1 }));
  const open = async () => {
    const client = createRealtimeClient<typeof todosChannel>({ url: "/", transports: [memory(server)] });
    const list = openTodos(client, "7", async () => [...rows.values()]);
    onTestFinished(() => {
      list.close();
      client.disconnect();
    });
    await expect.poll(() => list.todos.rows.length).toBe(rows.size);
    return { ...list, titles: () => list.todos.rows.map(({ title }) => title) };
  };
  return { mine: await open(), theirs: await open() };
}

it("shows a new row at once, and once at both", async () => {
  const { mine, theirs } = await openLists();
  const added = mine.add("Bread");
  expect(mine.titles()).toEqual(["Milk", "Bread"]);
  await added;
  await expect.poll(theirs.titles).toEqual(["Milk", "Bread"]);
  expect(mine.titles()).toEqual(["Milk", "Bread"]);
});

it("takes a change back where somebody else was faster, and names their row", async () => {
  const { mine, theirs } = await openLists();
  const conflicts: string[] = [];
  const [first, second] = [mine, theirs].map((list, index) =>
    list.rename("1", `Title ${index}`, ({ title }) => conflicts.push(title)),
  );
  expect([mine.titles(), theirs.titles()]).toEqual([["Title 0"], ["Title 1"]]);
  await Promise.all([first, second]);
  expect(conflicts).toEqual(["Title 0"]);
  await expect.poll(theirs.titles).toEqual(["Title 0"]);
});

it("removes a row at once at both", async () => {
  const { mine, theirs } = await openLists();
  const removed = mine.remove("1");
  expect(mine.titles()).toEqual([]);
  await removed;
  await expect.poll(theirs.titles).toEqual([]);
});
