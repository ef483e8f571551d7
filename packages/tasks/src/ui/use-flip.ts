import { useLayoutEffect, useRef, type RefObject } from "react";

const MOVE = { duration: 220, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Lets cards glide from where they were to where they are, whoever has moved them. */
export function useFlip(board: RefObject<HTMLElement | null>): void {
  const spots = useRef(new Map<string, Spot>());
  useLayoutEffect(() => {
    if (!board.current) return;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const now = new Map<string, Spot>();
    for (const card of board.current.querySelectorAll<HTMLElement>("[data-card]:not([data-dragged])")) {
      const id = card.dataset["card"] ?? "";
      const spot = spotOf(card);
      const before = spots.current.get(id);
      now.set(id, spot);
      if (!before || isStill || (before.x === spot.x && before.y === spot.y)) continue;
      card.animate([{ translate: `${before.x - spot.x}px ${before.y - spot.y}px` }, { translate: "0 0" }], MOVE);
    }
    spots.current = now;
  });
}

/** Where a card lies on the board, whatever is scrolled and whatever moves. */
function spotOf(card: HTMLElement): Spot {
  const column = card.offsetParent as HTMLElement | null; // a column's list, which has a position of its own
  return { x: card.offsetLeft + (column?.offsetLeft ?? 0), y: card.offsetTop + (column?.offsetTop ?? 0) };
}
