import { useEffect, useEffectEvent, type RefObject } from "react";
import { LatestSender } from "./latest-sender.js";
import { placeOnBoard, type BoardPlace } from "./place-on-board.js";

/** Where a pointer is, and over which card. */
export interface Pointing extends BoardPlace {
  readonly over?: string;
}

type SendPointing = (place: Pointing) => Promise<unknown>;

const PAUSE_MS = 80; // 12 a second: the server takes 20 messages, and changes of the board must find room among them

/** Sends where the pointer is, the latest place only, and never two at a time: on a slow connection there are fewer, not later ones. */
export function usePointing(board: RefObject<HTMLElement | null>, publish: SendPointing | undefined): void {
  const send = useEffectEvent(async (place: Pointing) => void (await publish?.(place)));
  const isOn = publish !== undefined;
  useEffect(() => {
    const element = board.current;
    if (!element || !isOn) return;
    const latest = new LatestSender<Pointing>(send, () => new Promise((done) => setTimeout(done, PAUSE_MS)));
    const point = (event: PointerEvent) => {
      if (event.pointerType === "touch") return; // a finger scrolls and drags; it does not point
      latest.offer(pointingAt(element, event));
    };
    element.addEventListener("pointermove", point);
    return () => element.removeEventListener("pointermove", point);
  }, [board, isOn]);
}

function pointingAt(element: HTMLElement, event: PointerEvent): Pointing {
  const { target } = event;
  const over = target instanceof Element ? target.closest<HTMLElement>("[data-card]")?.dataset["card"] : undefined;
  return { ...placeOnBoard(element, event), ...(over && { over }) };
}
