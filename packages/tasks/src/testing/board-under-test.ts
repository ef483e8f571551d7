import { RecordingEventBus } from "@repo/core-testing";
import { withEntityEvents, type EntityChange } from "@repo/realtime-entities";
import { InMemoryTaskRepository } from "../repository/in-memory-task-repository.js";
import type { TaskDraft } from "../repository/task-repository.js";
import { taskEntity } from "../realtime/task-entity.channel.js";

export const mia = { userId: "mia", roles: ["member"] };
export const sam = { userId: "sam", roles: ["member", "staff"] };

/** A board in memory, and the changes it published. */
export function boardUnderTest() {
  const bus = new RecordingEventBus();
  const repository = new InMemoryTaskRepository({ now: () => 1_000 });
  const onError = ({ cause }: { readonly cause: unknown }) => {
    throw cause;
  };
  let count = 0;
  return {
    repository,
    tasks: withEntityEvents(repository, bus, { channels: taskEntity, onError }),
    newId: () => `new-${(count += 1)}`,
    published: () => bus.published.map(({ payload }) => payload as EntityChange),
  };
}

/** A card at the top of "todo". */
export function card(id: string, more: Partial<TaskDraft> = {}): TaskDraft {
  return { id, title: `card ${id}`, column: "todo", rank: "V", isStaff: false, createdBy: "mia", ...more };
}
