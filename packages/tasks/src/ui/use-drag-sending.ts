import { useEffect, useEffectEvent, type RefObject } from "react";
import { LatestSender } from "./latest-sender.js";
import { useChannel } from "./task-hooks.js";

interface DraggedPlace {
  readonly card: string;
  readonly x: number;
  readonly y: number;
}

const PAUSE_MS = 80; // 12 a second: the server takes 20 messages, and the pointer is not sent meanwhile
const REPEAT_MS = 1_500; // a card that is held still is still held

/** Sends where one drags a card, until it is dropped. The other connection's pages forget it where the end does not arrive. */
export function useDragSending(board: RefObject<HTMLElement | null>, card: string | undefined, isLive: boolean): void {
  const { publish } = useChannel("tasks.drags");
  const send = useEffectEvent(async (place: DraggedPlace | "end") => {
    if (place === "end") await publish("end", {});
    else if (isLive) await publish("move", place);
  });
  useEffect(() => {
    const element = board.current;
    if (!element || card === undefined) return;
    let last: DraggedPlace | undefined;
    const latest = new LatestSender<DraggedPlace | "end">(
      send,
      () => new Promise((done) => setTimeout(done, PAUSE_MS)),
    );
    const move = (event: PointerEvent) => {
      last = { card, ...placeOn(element, event) };
      latest.offer(last);
    };
    const repeat = setInterval(() => last && latest.offer(last), REPEAT_MS);
    addEventListener("pointermove", move);
    return () => {
      clearInterval(repeat);
      removeEventListener("pointermove", move);
      if (last) latest.offer("end");
    };
  }, [board, card]);
}

function placeOn(board: HTMLElement, { clientX, clientY }: PointerEvent): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = board.getBoundingClientRect();
  return { x: share(clientX - left, width), y: share(clientY - top, height) };
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, Number((part / whole).toFixed(4))));
}
