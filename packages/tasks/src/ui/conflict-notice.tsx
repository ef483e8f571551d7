import type { MouseEvent } from "react";
import styles from "./conflict-notice.module.css";
import type { Notice } from "./use-notices.js";

interface ConflictNoticeProps {
  readonly notice: Notice;
  /** The card's title as it is now. */
  readonly theirs: string;
  readonly rename: (title: string) => void;
  readonly dismiss: (key: number) => void;
}

/** Two titles for one card: somebody else was first. The refused one stays here until one of the two is chosen. */
export function ConflictNotice({ notice: { key, text, draft = "" }, theirs, rename, dismiss }: ConflictNoticeProps) {
  const choose = ({ currentTarget }: MouseEvent<HTMLElement>, title: string) => {
    currentTarget.closest<HTMLElement>("[data-card]")?.focus(); // the button is about to go
    dismiss(key);
    if (title !== theirs) rename(title);
  };
  return (
    <div className={styles["conflict"]} role="group" aria-label="Two titles for one card" data-testid="conflict">
      <p>{text}</p>
      <dl>
        <dt>Theirs</dt>
        <dd>{theirs}</dd>
        <dt>Yours</dt>
        <dd>{draft}</dd>
      </dl>
      <div className={styles["choice"]}>
        <button className="small primary" aria-label={`Use mine: “${draft}”`} onClick={(event) => choose(event, draft)}>
          Use mine
        </button>
        <button className="small" aria-label={`Keep theirs: “${theirs}”`} onClick={(event) => choose(event, theirs)}>
          Keep theirs
        </button>
      </div>
    </div>
  );
}
