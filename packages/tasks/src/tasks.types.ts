import type { InboundInput, OutboundOutput, ReplyOutput } from "@repo/core-realtime";
import type { BindContext, boardCursorsChannel, boardPresence, Task, tasksChannels, taskListChannel } from "./index.js";
import { bindProductionTasks, taskChannel } from "./index.js";
import type { SqlClient, SqlTaskRepository } from "./server/index.js";
import type { DatabaseUnderTest } from "@repo/realtime-postgres/testing";

// Must compile, or must not: `tsc` is the test.
type Channels = (typeof tasksChannels)[number]["name"];
declare const names: Channels;
names satisfies "entity:task" | "entity:task:{id}" | "tasks.cursors" | "tasks.drags" | "presence:entity:task";

declare const created: OutboundOutput<typeof taskListChannel, "entity:created">;
created.record satisfies Task;
declare const reply: ReplyOutput<typeof taskListChannel>;
reply.version satisfies number;
// @ts-expect-error a deleted card has no title any more
reply.title satisfies string;

({ id: "a", column: "done", rank: "V", mutationId: "m" }) satisfies InboundInput<typeof taskListChannel, "move">;
// @ts-expect-error a column that is none
({ id: "a", column: "later", rank: "V", mutationId: "m" }) satisfies InboundInput<typeof taskListChannel, "move">;
// @ts-expect-error a change has a mutation id
({ id: "a" }) satisfies InboundInput<typeof taskListChannel, "remove">;
// @ts-expect-error the server sets the user
({ x: 0, y: 0, userId: "sam" }) satisfies InboundInput<typeof boardCursorsChannel, "message">;
({ meta: { looksAt: "a" } }) satisfies InboundInput<typeof boardPresence, "presence:heartbeat">;
// @ts-expect-error the server sets the user
({ meta: { name: "Sam" } }) satisfies InboundInput<typeof boardPresence, "presence:heartbeat">;

taskChannel.at({ id: "a" });
// @ts-expect-error one card has an id
taskChannel.at({});

declare const context: BindContext;
bindProductionTasks(context);
declare const part: Omit<BindContext, "tasks">;
// @ts-expect-error a board is kept somewhere
bindProductionTasks(part);

declare const { client }: DatabaseUnderTest;
client satisfies SqlClient;
declare const repository: SqlTaskRepository;
bindProductionTasks({ ...context, tasks: repository });
