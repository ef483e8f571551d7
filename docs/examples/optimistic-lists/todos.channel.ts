// todos.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

export const todo = z.object({ id: z.string(), title: z.string(), version: z.int() });
const mutation = { mutationId: z.string().min(1).max(64) };

/** A list that several people change. Each change carries the id of the mutation, so that a client recognises its own. */
export const todosChannel = defineRealtimeChannel({
  name: "todos.{listId}",
  scope: "authenticated",
  payload: {
    put: z.object({ row: todo, mutationId: z.string().optional() }),
    removed: z.object({ id: z.string(), version: z.int(), mutationId: z.string().optional() }),
  },
  inbound: {
    add: z.object({ id: z.string(), title: z.string().min(1), ...mutation }),
    rename: z.object({ id: z.string(), title: z.string().min(1), baseVersion: z.int().optional(), ...mutation }),
    remove: z.object({ id: z.string(), ...mutation }),
  },
  errors: { CONFLICT: z.object({ row: todo }) },
  history: { size: 500, ttlMs: 600_000 },
});
