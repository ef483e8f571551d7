import type { RefObject } from "react";
import type { Task } from "../task.js";
import { cardsOf, COLUMN_TITLES } from "./columns.js";
import { placeAfterKey, placeOf, type MoveKey } from "./placement.js";
import type { UsedBoard } from "./use-board.js";
import { useKeptFocus } from "./use-kept-focus.js";

/** The keys that move cards, announced to screen readers, with the focus kept. */
export function useCardKeys(
  { tasks, move, remove }: Pick<UsedBoard, "tasks" | "move" | "remove">,
  board: RefObject<HTMLElement | null>,
  announce: (words: string) => void,
) {
  const { give } = useKeptFocus(board);
  return {
    moveBy(task: Task, key: MoveKey) {
      const place = placeAfterKey(tasks, task, key);
      if (!place) return announce(`“${task.title}” is at the edge of the board.`);
      const { column, index } = place;
      const count = cardsOf(tasks, column).length + (column === task.column ? 0 : 1);
      move(task, place);
      announce(`“${task.title}” is number ${index + 1} of ${count} in ${COLUMN_TITLES[column]}.`);
    },
    remove(task: Task) {
      const { column, index } = placeOf(tasks, task);
      const cards = cardsOf(tasks, column);
      give((cards[index + 1] ?? cards[index - 1])?.id);
      remove(task);
      announce(`“${task.title}” is deleted.`);
    },
  };
}
