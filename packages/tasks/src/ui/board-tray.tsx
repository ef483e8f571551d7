import { Absence } from "./absence.js";
import styles from "./board-tray.module.css";
import type { Recovery } from "./use-recovery.js";

interface BoardTrayProps {
  readonly helpId: string;
  readonly isPulled: boolean;
  readonly waiting: number;
  readonly recovery: Recovery | undefined;
  /** Why the board may not be used. */
  readonly refusal: { readonly message: string } | undefined;
}

/** The help, and in its place what has happened to the connection: all share one cell, so that nothing below is ever pushed down. */
export function BoardTray({ helpId, isPulled, waiting, recovery, refusal }: BoardTrayProps) {
  const isHelpShown = !isPulled && !recovery && !refusal;
  return (
    <div className={styles["tray"]}>
      <p id={helpId} className={styles["help"]} data-shown={isHelpShown}>
        <span className={styles["hand"]}>Drag a card by its handle.</span>
        <span className={styles["keys"]}>
          Arrow keys go to another card, Shift + arrow keys move one, Enter renames it.
          <span className={styles["unseen"]}>
            {" "}
            Delete deletes it. Or Space picks a card up, arrow keys move it, and Space drops it.
          </span>
        </span>
      </p>
      <Absence isPulled={isPulled} waiting={waiting} recovery={recovery} />
      {refusal && <p className={styles["refused"]}>{refusal.message}</p>}
    </div>
  );
}
