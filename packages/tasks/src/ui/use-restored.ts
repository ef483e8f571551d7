import { useEffect, useEffectEvent } from "react";
import type { TaskReply } from "../task-reply.js";
import { isBoardChange, type BoardChange } from "./board-change.js";
import { isKeptOnBoard, type BoardOutbox } from "./board-outbox.js";

/** Shows the changes that a page before this one could not send. */
export function useRestored(
  outbox: BoardOutbox | undefined,
  show: (change: BoardChange, reply: Promise<TaskReply>) => void,
): void {
  const showEach = useEffectEvent(async (isOver: () => boolean) => {
    for (const message of (await outbox?.restored) ?? []) {
      const change = [message.event, message.payload] as const;
      if (isOver() || !isKeptOnBoard(message) || !isBoardChange(change)) continue;
      show(change, message.reply as Promise<TaskReply>); // the channel's own reply
    }
  });
  useEffect(() => {
    let isOver = false;
    void showEach(() => isOver);
    return () => void (isOver = true);
  }, [outbox]);
}
