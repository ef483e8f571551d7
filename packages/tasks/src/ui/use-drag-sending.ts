import { useEffect, useEffectEvent, type RefObject } from "react";
import { LatestSender } from "./latest-sender.js";
import { placeOnBoard, type BoardPlace } from "./place-on-board.js";
import { useChannel } from "./task-hooks.js";

interface DraggedPlace extends BoardPlace {
  readonly card: string;
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
      last = { card, ...placeOnBoard(element, event) };
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
