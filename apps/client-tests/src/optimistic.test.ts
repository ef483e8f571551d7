import type { RealtimeClient } from "@repo/realtime-client";
import { followChannel, OptimisticCollection, readEntity } from "@repo/realtime-client/optimistic";
import { describe, expect, it } from "vitest";
import { clientOf, serverUp } from "./stage.js";
import { tasks as tasksChannel, TaskServer, type Task } from "./task-server.js";
import { TRANSPORTS } from "./transports-under-test.js";

type Channels = typeof tasksChannel;

async function tasksUp() {
  const store = new TaskServer();
  const server = await serverUp();
  store.serve(server);
  const restart = async () => {
    await server.start();
    store.serve(server);
  };
  return { server, store, restart };
}

/** A user with a board: what the page shows, and how many times it showed a title twice. */
function userOf(client: RealtimeClient<Channels>, store: TaskServer) {
  const channel = client.channel("entity:Task");
  const board = new OptimisticCollection<Task>({ key: ({ id }) => id, version: ({ version }) => version });
  const doubles: string[] = [];
  board.watch(() => {
    const titles = board.rows.map(({ title }) => title);
    doubles.push(...titles.filter((title, index) => titles.indexOf(title) !== index));
  });
  followChannel(channel, board, { read: (message) => readEntity(message), load: async () => [...store.rows.values()] });
  return {
    client,
    channel,
    doubles,
    titles: () => board.rows.map(({ title }) => title),
    create: (title: string) =>
      board.create({ id: board.temporaryId(), title, version: 0 }, ({ mutationId }) =>
        channel.publish("create", { title, mutationId }),
      ),
    rename: (id: string, title: string) =>
      board.update(
        id,
        (row) => ({ ...row, title }),
        (mutation) => channel.publish("rename", { ...mutation, title }),
      ),
  };
}

describe.each(Object.entries(TRANSPORTS))("over %s", (_, transport) => {
  it("shows both users the same: created, renamed, refused, and never a row twice", async () => {
    const { server, store } = await tasksUp();
    const [mia, tom] = ["mia", "tom"].map((token) =>
      userOf(clientOf<Channels>(server, { transports: [transport()], auth: () => token }), store),
    );
    if (!mia || !tom) throw new Error("two");
    for (const { channel } of [mia, tom]) await expect.poll(() => channel.status).toBe("subscribed");
    const created = mia.create("write");
    expect(mia.titles()).toEqual(["write"]);
    await created;
    await expect.poll(tom.titles).toEqual(["write"]);
    const rude = tom.rename("1", "rude");
    expect(tom.titles()).toEqual(["rude"]);
    await expect(rude).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("be kind") });
    expect(tom.titles()).toEqual(["write"]);
    const both = await Promise.allSettled([mia.rename("1", "write more"), tom.rename("1", "write less")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const [title = ""] = [...store.rows.values()].map((task) => task.title);
    for (const { titles } of [mia, tom]) await expect.poll(titles).toEqual([title]);
    expect([...mia.doubles, ...tom.doubles]).toEqual([]);
  });

  it("keeps what is done while the server is killed and restarted: nothing lost, nothing doubled", async () => {
    const { server, store, restart } = await tasksUp();
    const mia = userOf(clientOf<Channels>(server, { transports: [transport()] }), store);
    await expect.poll(() => mia.channel.status).toBe("subscribed");
    await mia.create("before");
    await server.kill();
    const offline = ["a", "b", "c"].map((title) => mia.create(title));
    expect(mia.titles()).toEqual(["before", "a", "b", "c"]);
    await restart();
    await expect(Promise.all(offline)).resolves.toMatchObject([{ title: "a" }, { title: "b" }, { title: "c" }]);
    expect([...store.rows.values()].map(({ title }) => title)).toEqual(["before", "a", "b", "c"]);
    expect(mia.titles()).toEqual(["before", "a", "b", "c"]);
    expect(mia.doubles).toEqual([]);
  }, 20_000);
});
