// No imports: a page reads refusals too, and pays for what this file brings.

/** Why a change of the board may be refused. */
export type TaskRefusalCode = "BOARD_FULL" | "CARD_EXISTS" | "CARD_UNKNOWN" | "CONFLICT" | "STAFF_CARD";

/** A refusal as a page shows it. */
export interface TaskRefusal {
  readonly code: TaskRefusalCode;
  /** A sentence for whoever tried. */
  readonly reason: string;
}

/** The sentence of each code; of a staff card, it says what was tried. */
export const TASK_REASONS = {
  BOARD_FULL: "The board is full: delete a card first.",
  CARD_EXISTS: "There is a card with this id already.",
  CARD_UNKNOWN: "This card is gone.",
  CONFLICT: "Somebody else has changed it meanwhile.",
  STAFF_CARD: "Only staff may do that to a staff card.",
} as const satisfies Readonly<Record<TaskRefusalCode, string>>;

const SAID = /\(([A-Z_]+): (.+)\)$/s;

/**
 * Reads what the server said of a refused change; undefined where it was refused for another reason than the board's own.
 * @example try { await handle.publish("remove", { id, mutationId }); } catch (error) { show(taskRefusalOf(error)?.reason); }
 */
export function taskRefusalOf(error: unknown): TaskRefusal | undefined {
  const message = error instanceof Error ? error.message : "";
  const [, code = "", said = ""] = SAID.exec(message) ?? [];
  if (!isCode(code)) return undefined;
  return { code, reason: code === "STAFF_CARD" ? said : TASK_REASONS[code] };
}

function isCode(code: string): code is TaskRefusalCode {
  return Object.hasOwn(TASK_REASONS, code);
}
