import type { RefusalCode, RefusalOutput } from "@repo/core-realtime";
import type { taskListChannel } from "./realtime/task-entity.channel.js";

// Types alone are imported: a page reads refusals too, and pays for what this file brings.

type Board = typeof taskListChannel;

/** Why a change of the board may be refused: the codes of the channel's `errors`. */
export type TaskRefusalCode = RefusalCode<Board>;

/** A refusal as a page shows it. */
export interface TaskRefusal {
  readonly code: TaskRefusalCode;
  /** A sentence for whoever tried. */
  readonly sentence: string;
}

const SENTENCES: { readonly [Code in TaskRefusalCode]: (data: RefusalOutput<Board, Code>) => string } = {
  BOARD_FULL: ({ max }) => `The board is full with ${max} cards: delete a card first.`,
  CARD_EXISTS: () => "There is a card with this id already.",
  CARD_UNKNOWN: () => "This card is gone.",
  CONFLICT: () => "Somebody else has changed it meanwhile.",
  STAFF_CARD: ({ tried }) => `Only staff may ${tried} a staff card.`,
};

/**
 * What the server refused, and a sentence for it; undefined where it was refused for another reason than the board's own.
 * @example try { await handle.publish("remove", { id, mutationId }); } catch (error) { show(taskRefusalOf(error)?.sentence); }
 */
export function taskRefusalOf(error: unknown): TaskRefusal | undefined {
  if (!(error instanceof Error && "reason" in error && "data" in error)) return undefined;
  const { reason: code, data } = error;
  if (!isCode(code)) return undefined;
  return { code, sentence: SENTENCES[code](data as never) }; // the server sends what the code's schema describes
}

function isCode(code: unknown): code is TaskRefusalCode {
  return typeof code === "string" && Object.hasOwn(SENTENCES, code);
}
