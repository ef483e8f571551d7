import { useCallback, useEffect, useRef, useState, type PointerEvent } from "react";
import type { Task } from "../task.js";
import { followHand } from "./drag-session.js";
import type { Place } from "./placement.js";

/** A card under way. */
export interface Drag {
  readonly task: Task;
  /** Where it would land. */
  readonly place: Place;
  /** Where it was taken up, and how large it is there. */
  readonly from: DOMRect;
}

/** Drags cards with a mouse, a pen or a finger. The returned `ghost` is moved by hand: a render for each step would be late. */
export function useDrag(onDrop: (task: Task, place: Place) => void) {
  const [drag, setDrag] = useState<Drag>();
  const ghost = useRef<HTMLDivElement>(null);
  const drop = useRef(onDrop);
  const end = useRef<() => void>(undefined);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => () => end.current?.(), []);

  const begin = useCallback((event: PointerEvent<HTMLElement>, task: Task) => {
    const { target, currentTarget: card, button, pointerType } = event;
    if (button !== 0 || !(target instanceof Element) || target.closest("button, input, form")) return;
    if (pointerType !== "mouse" && !target.closest("[data-grip]")) return; // a finger elsewhere scrolls
    const from = card.getBoundingClientRect();
    end.current?.();
    end.current = followHand({
      card,
      id: task.id,
      press: event.nativeEvent,
      onPlace(place) {
        getSelection()?.removeAllRanges();
        setDrag({ task, place, from });
      },
      onMove: (dx, dy) => ghost.current?.style.setProperty("translate", `${dx}px ${dy}px`),
      onEnd(place) {
        end.current = undefined;
        setDrag(undefined);
        if (place) drop.current(task, place);
      },
    });
  }, []);

  return { drag, ghost, begin };
}
