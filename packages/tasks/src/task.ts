import { z } from "zod";
import { MAX_WISHED_RANK } from "./rank-between.js";

/** The columns of the board, from left to right. */
export const TASK_COLUMNS = ["todo", "doing", "done"] as const;
/** A column of the board. */
export type TaskColumn = (typeof TASK_COLUMNS)[number];

const WORD = /^[\w-]{1,64}$/;
/** A client makes the ids of its cards, so that they keep them through a reload. */
export const taskId = z.string().regex(WORD, "An id has 1 to 64 letters, digits, _ and -.");
/** As strict as a card's: of two ids that are no text, Postgres may make the same one. */
export const mutationId = z.string().regex(WORD, "A mutation id has 1 to 64 letters, digits, _ and -.");
export const keptTitle = z.string().trim().min(1, "Give the card a title.").max(120, "Keep it to 120 characters.");
/** What a client may ask for: no controls and no half characters, which Postgres refuses or changes. */
export const taskTitle = keptTitle.regex(/^[^\p{Cc}\p{Cs}]*$/u, "A title is one line of text.");
export const taskColumn = z.enum(TASK_COLUMNS);
export const taskRank = z.string().regex(/^[0-9A-Za-z]{0,255}[1-9A-Za-z]$/, "A rank is made by rankBetween.");
/** What a client may ask for: far less than is kept, and the server keeps it shorter still. */
export const wishedRank = taskRank.max(MAX_WISHED_RANK);

/** A card, as everybody on the board sees it. */
export const taskRecord = z.strictObject({
  id: taskId,
  title: keptTitle, // an older board may have one of two lines
  column: taskColumn,
  /** Cards of a column stand in the order of their ranks. */
  rank: taskRank,
  /** Only staff may rename, move or delete it. */
  isStaff: z.boolean(),
  createdBy: z.string(),
  /** Counts up with each change. */
  version: z.int().positive(),
  /** Milliseconds since 1970. */
  updatedAt: z.int(),
});
export type Task = Readonly<z.infer<typeof taskRecord>>;
