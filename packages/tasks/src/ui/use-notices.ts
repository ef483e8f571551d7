import { useCallback, useEffect, useRef, useState } from "react";
import { taskRefusalOf } from "../task-refusal.js";
import { keepDrafts, keptDrafts } from "./kept-drafts.js";
import { takeUnsent } from "./unsent-changes.js";

/** What somebody has to know about a change of theirs. */
export interface Notice {
  readonly key: number;
  /** The card it is about; undefined where it is about none that can be found. */
  readonly taskId?: string | undefined;
  readonly text: string;
  /** What they had written: it is kept until they dismiss the notice or use it. */
  readonly draft?: string | undefined;
  /** Somebody else has written something else meanwhile: both are shown, until one is chosen. */
  readonly isConflict?: boolean | undefined;
}

const SHOWN_MS = 7_000; // two lines, read without haste

/** What was refused, for a while; with something that somebody has written, until they have seen to it. */
export function useNotices(userId: string) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const count = useRef(0);
  const dismiss = useCallback((key: number) => setNotices((all) => all.filter((one) => one.key !== key)), []);
  const show = useCallback((notice: Omit<Notice, "key">) => {
    const key = (count.current += 1);
    const isKept = ({ taskId, draft }: Notice) =>
      taskId === undefined || taskId !== notice.taskId || (draft !== undefined && notice.draft === undefined);
    setNotices((all) => [...all.filter(isKept), { ...notice, key }]);
    return key;
  }, []);
  const refuse = useCallback(
    (taskId: string, error: unknown, draft?: string) => {
      const isConflict = taskRefusalOf(error)?.code === "CONFLICT";
      const key = show({ taskId, text: sentenceOf(error), draft, isConflict });
      if (draft === undefined) setTimeout(dismiss, SHOWN_MS, key);
    },
    [dismiss, show],
  );
  useEffect(() => {
    for (const { taskId, text, draft, isConflict } of keptDrafts(userId)) show({ taskId, text, draft, isConflict });
    for (const change of takeUnsent(userId))
      show({ text: `Not saved, perhaps, before this page was loaded: ${change}` });
  }, [show, userId]);
  const [isFirst, setFirst] = useState(true);
  useEffect(() => {
    if (isFirst)
      setFirst(false); // what is kept has not been shown yet
    else
      keepDrafts(
        userId,
        notices.filter(({ draft }) => draft !== undefined),
      );
  }, [isFirst, notices, userId]);
  return { notices, refuse, dismiss };
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return "It was not accepted.";
  return taskRefusalOf(error)?.sentence ?? error.message;
}
