import { defineEntityChannels } from "@repo/realtime-entities";
import { z } from "zod";
import { keptTitle, mutationId, taskColumn, taskId, taskRecord, taskTitle, wishedRank } from "../task.js";
import { taskReply } from "../task-reply.js";

/** Ten minutes of a busy board: a laptop's nap. */
export const taskHistory = { size: 1_000, ttlMs: 10 * 60 * 1_000 } as const;

const known = { id: taskId, mutationId, baseVersion: z.int().positive().optional() };

/** The cards of the board: `entity:task` of all of them, with the commands, and `entity:task:{id}` of one. */
export const taskEntity = defineEntityChannels({
  entity: "task",
  record: taskRecord,
  scope: "authenticated",
  inbound: {
    create: z.strictObject({
      id: taskId.optional(),
      title: taskTitle,
      column: taskColumn,
      rank: wishedRank,
      isStaff: z.boolean().optional(),
      mutationId,
    }),
    /** With `from`, the title that was changed: refused with `CONFLICT` where the card has another one by now. */
    rename: z.strictObject({ ...known, title: taskTitle, from: keptTitle.optional() }),
    move: z.strictObject({ ...known, column: taskColumn, rank: wishedRank }),
    remove: z.strictObject(known),
  },
  reply: taskReply,
  errors: {
    BOARD_FULL: z.strictObject({ max: z.int() }),
    CARD_EXISTS: z.strictObject({ id: taskId }),
    CARD_UNKNOWN: z.strictObject({}),
    CONFLICT: z.strictObject({ id: taskId }), // thrown by the repository too
    STAFF_CARD: z.strictObject({ tried: z.enum(["add", "rename", "move", "delete"]) }),
  },
  history: taskHistory,
});

/** Every card, and what people do to them. */
export const taskListChannel = taskEntity.all;
/** One card. */
export const taskChannel = taskEntity.one;
