// on-todo.handler.ts
import { refuse, RealtimeError, type RealtimeHandler } from "fourgate";
import type { z } from "zod";
import { todosChannel, type todo } from "./todos.channel.js";

type Todo = z.infer<typeof todo>;

/** The changes of one list; `rows` is your table. A version of a row only ever rises. */
export function onTodo(rows: Map<string, Todo>): RealtimeHandler<typeof todosChannel> {
  let version = Math.max(0, ...[...rows.values()].map((row) => row.version));
  return async (message) => {
    const { event, payload, broadcast } = message;
    const { id, mutationId } = payload;
    const before = rows.get(id);
    if (event === "add" ? before : !before)
      throw new RealtimeError("REFUSED", { detail: "no such row, or one too many" });
    version += 1;
    if (event === "remove") {
      rows.delete(id);
      await broadcast("removed", { id, version, mutationId });
      return { version };
    }
    if (event === "rename" && before && payload.baseVersion !== undefined && payload.baseVersion !== before.version)
      refuse(todosChannel, "CONFLICT", { row: before }); // somebody else was faster
    const row = { id, title: payload.title, version };
    rows.set(id, row);
    await broadcast("put", { row, mutationId });
    return row;
  };
}
