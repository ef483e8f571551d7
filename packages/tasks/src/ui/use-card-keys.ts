import { useState, type RefObject } from "react";
import type { Task, TaskColumn } from "../task.js";
import type { CardKey } from "./card-key.js";
import { cardsOf, COLUMN_TITLES } from "./columns.js";
import { cardAfterKey, placeAfterKey, placeOf, type MoveKey, type Place } from "./placement.js";
import type { UsedBoard } from "./use-board.js";
import { useKeptFocus } from "./use-kept-focus.js";

interface PickedUp {
  readonly id: string;
  /** Where Escape puts it back. */
  readonly from: Place;
}

/**
 * What keys do to cards, announced to screen readers. Each column is one tab stop: the card that had the focus last, else its first one;
 * arrow keys go on from there. A card is moved by Shift and arrow keys, or picked up by Space and moved by arrow keys alone.
 */
export function useCardKeys(
  { tasks, move, remove }: Pick<UsedBoard, "tasks" | "move" | "remove">,
  board: RefObject<HTMLElement | null>,
  announce: (words: string) => void,
) {
  const { give } = useKeptFocus(board);
  const [stops, setStops] = useState<Partial<Record<TaskColumn, string>>>({});
  const [pickedUp, pickUp] = useState<PickedUp>();

  const focus = (task: Task | undefined) =>
    task && board.current?.querySelector<HTMLElement>(`[data-card="${task.id}"]`)?.focus();
  const moveTo = (task: Task, place: Place) => {
    const { column, index } = place;
    const count = cardsOf(tasks, column).length + (column === task.column ? 0 : 1);
    move(task, place);
    setStops((before) => ({ ...before, [column]: task.id }));
    announce(`“${task.title}” is number ${index + 1} of ${count} in ${COLUMN_TITLES[column]}.`);
  };
  const moveBy = (task: Task, key: MoveKey) => {
    const place = placeAfterKey(tasks, task, key);
    if (place) moveTo(task, place);
    else announce(`“${task.title}” is at the edge of the board.`);
  };
  const removeCard = (task: Task) => {
    const { column, index } = placeOf(tasks, task);
    const cards = cardsOf(tasks, column);
    give((cards[index + 1] ?? cards[index - 1])?.id);
    remove(task);
    announce(`“${task.title}” is deleted.`);
  };

  return {
    remove: removeCard,
    /** Does what a key says; renaming is the card's own. */
    press(task: Task, pressed: Exclude<CardKey, { readonly kind: "rename" }>) {
      switch (pressed.kind) {
        case "focus":
          return focus(cardAfterKey(tasks, task, pressed.key));
        case "first":
          return focus(cardsOf(tasks, task.column)[0]);
        case "last":
          return focus(cardsOf(tasks, task.column).at(-1));
        case "move":
          return moveBy(task, pressed.key);
        case "remove":
          return removeCard(task);
        case "pickUp":
          pickUp({ id: task.id, from: placeOf(tasks, task) });
          return announce(`“${task.title}” is picked up. Arrow keys move it, Space drops it, Escape puts it back.`);
        case "drop":
          pickUp(undefined);
          return announce(`“${task.title}” is dropped.`);
        case "putBack":
          if (pickedUp) moveTo(task, pickedUp.from);
          return pickUp(undefined);
      }
    },
    isPickedUp: (id: string) => pickedUp?.id === id,
    isTabStop({ id, column }: Task) {
      const cards = cardsOf(tasks, column);
      const stop = cards.find((card) => card.id === stops[column]) ?? cards[0];
      return stop?.id === id;
    },
    /** The card has the focus now: it is its column's tab stop, and no other card stays picked up. */
    focused({ id, column }: Task) {
      setStops((before) => (before[column] === id ? before : { ...before, [column]: id }));
      if (pickedUp && pickedUp.id !== id) pickUp(undefined);
    },
  };
}
