import { useEffect, useEffectEvent, type RefObject } from "react";

/** A place on the board: 0 to 1 from its left and its top. */
export interface Pointing {
  readonly x: number;
  readonly y: number;
  readonly over?: string;
}

type SendPointing = (place: Pointing) => Promise<unknown>;

const PAUSE_MS = 80; // 12 a second: the server takes 20 messages, and changes of the board must find room among them

/** Sends where the pointer is, the latest place only, and never two at a time: on a slow connection there are fewer, not later ones. */
export function usePointing(board: RefObject<HTMLElement | null>, publish: SendPointing | undefined): void {
  const send = useEffectEvent(async (place: Pointing) => {
    await publish?.(place).catch(() => undefined); // refused or lost, the next one is newer
  });
  const isOn = publish !== undefined;
  useEffect(() => {
    const element = board.current;
    if (!element || !isOn) return;
    let next: Pointing | undefined;
    let isBusy = false;
    const flush = async () => {
      if (isBusy) return;
      isBusy = true;
      while (next) {
        const place = next;
        next = undefined;
        await Promise.all([send(place), new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
      }
      isBusy = false;
    };
    const point = (event: PointerEvent) => {
      if (event.pointerType === "touch") return; // a finger scrolls and drags; it does not point
      next = pointingAt(element, event);
      void flush();
    };
    element.addEventListener("pointermove", point);
    return () => element.removeEventListener("pointermove", point);
  }, [board, isOn]);
}

function pointingAt(element: HTMLElement, { clientX, clientY, target }: PointerEvent): Pointing {
  const { left, top, width, height } = element.getBoundingClientRect();
  const over = target instanceof Element ? target.closest<HTMLElement>("[data-card]")?.dataset["card"] : undefined;
  return { x: share(clientX - left, width), y: share(clientY - top, height), ...(over && { over }) };
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, Number((part / whole).toFixed(4))));
}
