import { useCallback, useRef, useState } from "react";
import { taskRefusalOf } from "../task-refusal.js";

/** Why a change was taken back. */
export interface Notice {
  readonly key: number;
  /** The card it is about. */
  readonly taskId: string;
  readonly text: string;
}

const SHOWN_MS = 7_000; // two lines, read without haste

/** What was refused, for a while. */
export function useNotices() {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const count = useRef(0);
  const dismiss = useCallback((key: number) => setNotices((all) => all.filter((one) => one.key !== key)), []);
  const refuse = useCallback(
    (taskId: string, error: unknown) => {
      const key = (count.current += 1);
      setNotices((all) => [...all.filter((one) => one.taskId !== taskId), { key, taskId, text: sentenceOf(error) }]);
      setTimeout(dismiss, SHOWN_MS, key);
    },
    [dismiss],
  );
  return { notices, refuse, dismiss };
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return "It was not accepted.";
  return taskRefusalOf(error)?.reason ?? error.message;
}
