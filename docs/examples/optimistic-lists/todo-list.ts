// todo-list.ts
import { isRefusal } from "fourgate";
import type { RealtimeClient } from "fourgate/client";
import { followChannel, OptimisticCollection } from "fourgate/client/optimistic";
import type { z } from "zod";
import type { todo, todosChannel } from "./todos.channel.js";

type Todo = z.infer<typeof todo>;

/** A list that shows a change at once, and takes it back where the server refuses. */
export function openTodos(client: RealtimeClient<typeof todosChannel>, listId: string, load: () => Promise<Todo[]>) {
  const channel = client.channel("todos.{listId}", { listId });
  const todos = new OptimisticCollection<Todo>({ key: ({ id }) => id, version: ({ version }) => version });
  const stop = followChannel(channel, todos, {
    load, // over HTTP, after the subscribe, so that nothing falls between
    read({ event, payload }) {
      const mutationId = payload.mutationId;
      return event === "put"
        ? { kind: "put", row: payload.row, mutationId }
        : { kind: "remove", id: payload.id, version: payload.version, mutationId };
    },
  });

  return {
    todos, // todos.rows, todos.watch(…), todos.pendingOf(id)
    add(title: string) {
      const id = crypto.randomUUID();
      const commit = async ({ mutationId }: { mutationId: string }) =>
        (await channel.publish("add", { id, title, mutationId })) as Todo;
      return todos.create({ id, title, version: 0 }, commit);
    },
    /** Rejects with CONFLICT where somebody else was faster; then `theirs` is called with their row. */
    async rename(id: string, title: string, theirs: (row: Todo) => void) {
      try {
        await todos.update(
          id,
          (row) => ({ ...row, title }),
          async ({ mutationId, baseVersion }) =>
            (await channel.publish("rename", {
              id,
              title,
              mutationId,
              ...(baseVersion !== undefined && { baseVersion }),
            })) as Todo,
        );
      } catch (error) {
        if (!isRefusal<typeof todosChannel, "CONFLICT">(error, undefined, "CONFLICT")) throw error;
        theirs(error.data.row);
      }
    },
    remove: (id: string) => todos.delete(id, ({ mutationId }) => channel.publish("remove", { id, mutationId })),
    close: stop,
  };
}
