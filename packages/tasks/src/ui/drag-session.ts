import type { TaskColumn } from "../task.js";
import type { Place } from "./placement.js";

/** A card that is being taken up, and the callbacks of its end. */
export interface DragDeps {
  readonly card: HTMLElement;
  readonly id: string;
  readonly press: Pick<PointerEvent, "pointerId" | "clientX" | "clientY">;
  /** It would land somewhere else now. */
  readonly onPlace: (place: Place) => void;
  /** The hand has gone so far from where it pressed. */
  readonly onMove: (dx: number, dy: number) => void;
  /** Where it was dropped; undefined where it was never taken up, or the hand gave it up. */
  readonly onEnd: (place: Place | undefined) => void;
}

type Point = Pick<PointerEvent, "clientX" | "clientY">;

const SLACK_PX = 5; // a hand that presses a button trembles
const EDGE_PX = 56; // this near to the edge of the window the page comes along
const LIST_EDGE_PX = 24; // the same for a column that scrolls
const PULL_PX = 8; // for each frame

/** Follows a pointer until it is released; returns how to end it before. */
export function followHand({ card, id, press, onPlace, onMove, onEnd }: DragDeps): () => void {
  const board = card.closest("[data-board]") ?? card;
  const listening = new AbortController();
  const { signal } = listening;
  let at: Point = press;
  let place: Place | undefined;
  let frame = 0;

  const aim = () => {
    const next = placeUnder(board, at, id);
    if (!next || (next.column === place?.column && next.index === place.index)) return;
    place = next;
    onPlace(next);
  };
  const comeAlong = () => {
    scrollAtEdge(board, at);
    aim(); // another place may have come under the hand
    frame = requestAnimationFrame(comeAlong);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return;
    const [dx, dy] = [event.clientX - press.clientX, event.clientY - press.clientY];
    if (!place && Math.hypot(dx, dy) < SLACK_PX) return;
    event.preventDefault();
    at = event;
    aim();
    if (frame === 0) comeAlong();
    onMove(dx, dy);
  };
  const finish = (isDropped: boolean) => {
    cancelAnimationFrame(frame);
    listening.abort();
    onEnd(isDropped ? place : undefined);
  };
  window.addEventListener("pointermove", move, { signal, passive: false });
  window.addEventListener("pointerup", () => finish(true), { signal });
  window.addEventListener("pointercancel", () => finish(false), { signal });
  window.addEventListener("keydown", ({ key }) => key === "Escape" && finish(false), { signal });
  return () => finish(false);
}

/** The place below a point, by the layout: what is moving there at the moment does not count. */
function placeUnder(board: Element, { clientX, clientY }: Point, id: string): Place | undefined {
  const lists = [...board.querySelectorAll<HTMLElement>("[data-column]")];
  const distance = (list: HTMLElement) => {
    const { left, right, top, bottom } = list.getBoundingClientRect();
    return Math.max(left - clientX, clientX - right, 0) + Math.max(top - clientY, clientY - bottom, 0) / 4;
  };
  const list = lists.sort((a, b) => distance(a) - distance(b))[0];
  if (!list) return undefined;
  const y = clientY - list.getBoundingClientRect().top + list.scrollTop;
  const cards = [...list.querySelectorAll<HTMLElement>("[data-card]")].filter(({ dataset }) => dataset["card"] !== id);
  const index = cards.filter(({ offsetTop, offsetHeight }) => offsetTop + offsetHeight / 2 < y).length;
  return { column: list.dataset["column"] as TaskColumn, index }; // the columns have written it there
}

/** Scrolls what lies beyond the edge into sight. */
function scrollAtEdge(board: Element, { clientX, clientY }: Point): void {
  const pull = (at: number, end: number) => (at < EDGE_PX ? -PULL_PX : at > end - EDGE_PX ? PULL_PX : 0);
  const { clientWidth, clientHeight } = document.documentElement;
  window.scrollBy(0, pull(clientY, clientHeight));
  board.querySelector("[data-columns]")?.scrollBy(pull(clientX, clientWidth), 0);
  for (const list of board.querySelectorAll("[data-column]")) {
    const { left, right, top, bottom } = list.getBoundingClientRect();
    if (list.scrollHeight <= list.clientHeight || clientX < left || clientX > right) continue;
    if (Math.abs(clientY - top) < LIST_EDGE_PX) list.scrollBy(0, -PULL_PX / 2);
    if (Math.abs(clientY - bottom) < LIST_EDGE_PX) list.scrollBy(0, PULL_PX / 2);
  }
}
