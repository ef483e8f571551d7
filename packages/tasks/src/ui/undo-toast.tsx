import { useEffect, useState } from "react";
import styles from "./undo-toast.module.css";
import type { Deletion } from "./use-deletions.js";

interface UndoToastProps {
  readonly deletion: Deletion;
  readonly undo: (deletion: Deletion) => void;
  readonly drop: (key: number) => void;
}

const SHOWN_MS = 8_000; // found and pressed without haste; it stays while it has the pointer or the focus

/** The offer to restore a card that was deleted. */
export function UndoToast({ deletion, undo, drop }: UndoToastProps) {
  const { key, task } = deletion;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(drop, SHOWN_MS, key);
    return () => clearTimeout(timer);
  }, [drop, isHeld, key]);
  return (
    <li
      className={styles["toast"]}
      data-testid="undo"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>“{task.title}” is deleted.</span>
      <button
        className="small"
        aria-label={`Undo: restore “${task.title}”`}
        aria-keyshortcuts="Control+Z Meta+Z"
        onClick={() => undo(deletion)}
      >
        Undo
      </button>
    </li>
  );
}
