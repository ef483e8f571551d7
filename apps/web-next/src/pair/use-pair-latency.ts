import { useEffect, useState, type RefObject } from "react";
import type { PairClient } from "./pair-client";
import { PairLatency, type Crossing } from "./pair-latency";

/** The last change that went from one side to the other, timed from document to document in this page; undefined before the first one. */
export function usePairLatency(
  root: RefObject<HTMLElement | null>,
  left: PairClient,
  right: PairClient,
): Crossing | undefined {
  const [crossing, setCrossing] = useState<Crossing>();
  useEffect(() => {
    const [leftSide, rightSide] = root.current?.querySelectorAll("[data-side]") ?? [];
    if (!leftSide || !rightSide) return;
    const latency = new PairLatency();
    const look = () => {
      const at = performance.now();
      if (![left, right].every(({ client }) => client.state.status === "connected")) latency.reset();
      const [shownLeft, shownRight] = [shownOn(leftSide), shownOn(rightSide)];
      const ended = latency.shows("left", shownLeft, at) ?? latency.shows("right", shownRight, at);
      if (ended) setCrossing(ended);
    };
    const observer = new MutationObserver(look); // before the next frame is painted, and after all that has changed for it
    for (const side of [leftSide, rightSide])
      observer.observe(side, { childList: true, characterData: true, subtree: true });
    look();
    return () => observer.disconnect();
  }, [root, left, right]);
  return crossing;
}

/** The cards of a side, column by column, as one text. */
function shownOn(side: Element): string {
  const columns = [...side.querySelectorAll("[data-column]")];
  return JSON.stringify(columns.map((column) => [...column.querySelectorAll<HTMLElement>("[data-card]")].map(cardOf)));
}

function cardOf(card: HTMLElement) {
  return [card.dataset["card"], card.querySelector("p")?.textContent];
}
