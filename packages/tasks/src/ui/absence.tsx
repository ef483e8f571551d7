import styles from "./absence.module.css";
import type { Recovery } from "./use-recovery.js";

interface AbsenceProps {
  readonly isPulled: boolean;
  readonly waiting: number;
  readonly recovery: Recovery | undefined;
}

/** What an absence means for one's changes, and how it ended. */
export function Absence({ isPulled, waiting, recovery }: AbsenceProps) {
  return (
    <p className={styles["absence"]} data-tone={isPulled ? "shut" : "open"} role="status" data-testid="absence">
      {isPulled ? away(waiting) : recovery && back(recovery, waiting)}
    </p>
  );
}

function away(waiting: number): string {
  if (waiting === 0) return "You are offline. Go on working: whatever you change waits here.";
  return `You are offline. ${changes(waiting)} ${waiting === 1 ? "waits" : "wait"} here.`;
}

function back({ caughtUp, sent }: Recovery, waiting: number): string {
  const missed =
    caughtUp === undefined
      ? "the board was loaded afresh"
      : caughtUp === 0
        ? "nothing was missed"
        : `${caughtUp} ${caughtUp === 1 ? "message" : "messages"} caught up`;
  if (sent === 0) return `Back again: ${missed}.`;
  return `Back again: ${missed}, ${waiting > 0 ? `${changes(waiting)} on the way` : `${changes(sent)} sent`}.`;
}

function changes(count: number): string {
  return `${count} ${count === 1 ? "change" : "changes"} of yours`;
}
