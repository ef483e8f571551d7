import { defineRealtimeChannel, RealtimeError } from "@repo/core-realtime";
import { z } from "zod";
import type { ServerUnderTest } from "./server-under-test.js";

const row = z.object({ id: z.string(), title: z.string(), version: z.number() });
const mutationId = z.string();

/** All tasks: what the server publishes of them, and what users do to them. */
export const tasks = defineRealtimeChannel({
  name: "entity:Task",
  scope: "authenticated",
  payload: {
    "entity:created": z.object({ id: z.string(), record: row, mutationId: mutationId.optional() }),
    "entity:updated": z.object({ id: z.string(), record: row, mutationId: mutationId.optional() }),
    "entity:deleted": z.object({ id: z.string(), version: z.number(), mutationId: mutationId.optional() }),
  },
  inbound: {
    create: z.object({ title: z.string(), mutationId }),
    rename: z.object({ id: z.string(), title: z.string(), mutationId, baseVersion: z.number().optional() }),
  },
  reply: row,
  history: { size: 1_000, ttlMs: 600_000 },
});

export type Task = z.infer<typeof row>;

/** The tasks of a server, kept through its restarts. Rude titles are refused, and changes based on an old version. */
export class TaskServer {
  readonly rows = new Map<string, Task>();

  /** To be called after each start of the server. */
  serve({ realtime }: ServerUnderTest): void {
    const broadcaster = realtime.broadcaster;
    realtime.registry.register(tasks, async (message) => {
      const { title, mutationId } = message.payload;
      if (title === "rude") throw new RealtimeError("REFUSED", { detail: "be kind" });
      const known = message.event === "create" ? undefined : this.rows.get(message.payload.id);
      if (message.event === "rename" && message.payload.baseVersion !== known?.version)
        throw new RealtimeError("REFUSED", { detail: "another client was faster" });
      const id = known?.id ?? `${this.rows.size + 1}`;
      const record = { id, title, version: (known?.version ?? 0) + 1 };
      this.rows.set(id, record);
      await broadcaster.broadcast(tasks, known ? "entity:updated" : "entity:created", { id, record, mutationId });
      return record;
    });
  }
}
