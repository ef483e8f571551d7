import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from "react";
import type { Task, TaskColumn } from "../task.js";
import type { Place } from "./placement.js";

/** A card under way. */
export interface Drag {
  readonly task: Task;
  /** Where it would land. */
  readonly place: Place;
  /** Where it was taken up, and how large it is there. */
  readonly from: DOMRect;
}

const SLACK_PX = 5; // a hand that presses a button trembles
const EDGE_PX = 56; // this near to the edge of the window the page comes along
const PULL_PX = 12;

/** Drags cards with a mouse, a pen or a finger. The returned `ghost` is moved by hand: a render for each step would be late. */
export function useDrag(onDrop: (task: Task, place: Place) => void) {
  const [drag, setDrag] = useState<Drag>();
  const ghost = useRef<HTMLDivElement>(null);
  const drop = useRef(onDrop);
  const end = useRef<() => void>(undefined);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => () => end.current?.(), []);

  const begin = useCallback((event: ReactPointerEvent<HTMLElement>, task: Task) => {
    const target = event.target as Element; // whatever was pressed lies in a document
    if (event.button !== 0 || target.closest("button, input, form")) return;
    if (event.pointerType !== "mouse" && !target.closest("[data-grip]")) return; // a finger elsewhere scrolls
    const card = event.currentTarget;
    const root = card.closest("[data-board]");
    const start = { x: event.clientX, y: event.clientY };
    let place: Place | undefined;
    let frame = 0;

    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== event.pointerId || !root) return;
      const [dx, dy] = [moved.clientX - start.x, moved.clientY - start.y];
      if (!place && Math.hypot(dx, dy) < SLACK_PX) return;
      moved.preventDefault();
      const from = card.getBoundingClientRect();
      const next = placeUnder(root, moved, task.id);
      const isFirst = !place;
      if (next && (next.column !== place?.column || next.index !== place.index)) {
        place = next;
        setDrag((before) => ({ task, place: next, from: before?.from ?? from }));
      }
      if (isFirst) getSelection()?.removeAllRanges();
      if (ghost.current) ghost.current.style.translate = `${dx}px ${dy}px`;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => comeAlong(root, moved));
    };
    const finish = (isDropped: boolean) => {
      cancelAnimationFrame(frame);
      listening.abort();
      end.current = undefined;
      setDrag(undefined);
      if (isDropped && place) drop.current(task, place);
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener("pointermove", move, { signal, passive: false });
    window.addEventListener("pointerup", () => finish(true), { signal });
    window.addEventListener("pointercancel", () => finish(false), { signal });
    window.addEventListener("keydown", ({ key }) => key === "Escape" && finish(false), { signal });
    end.current = () => finish(false);
  }, []);

  return { drag, ghost, begin };
}

/** The place below a point, by the layout: what is moving there at the moment does not count. */
function placeUnder(root: Element, { clientX, clientY }: PointerEvent, id: string): Place | undefined {
  const lists = [...root.querySelectorAll<HTMLElement>("[data-column]")];
  const distance = (list: HTMLElement) => {
    const { left, right, top, bottom } = list.getBoundingClientRect();
    return Math.max(left - clientX, clientX - right, 0) + Math.max(top - clientY, clientY - bottom, 0) / 4;
  };
  const list = lists.sort((a, b) => distance(a) - distance(b))[0];
  if (!list) return undefined;
  const y = clientY - list.getBoundingClientRect().top;
  const cards = [...list.querySelectorAll<HTMLElement>("[data-card]")].filter(({ dataset }) => dataset["card"] !== id);
  const index = cards.filter(({ offsetTop, offsetHeight }) => offsetTop + offsetHeight / 2 < y).length;
  return { column: list.dataset["column"] as TaskColumn, index }; // the columns have written it there
}

/** Scrolls what lies beyond the edge into sight. */
function comeAlong(root: Element, { clientX, clientY }: PointerEvent): void {
  const pull = (at: number, end: number) => (at < EDGE_PX ? -PULL_PX : at > end - EDGE_PX ? PULL_PX : 0);
  window.scrollBy(0, pull(clientY, window.innerHeight));
  root.querySelector("[data-columns]")?.scrollBy(pull(clientX, window.innerWidth), 0);
}
