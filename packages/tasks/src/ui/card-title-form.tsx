import { useEffect, useRef, type KeyboardEvent } from "react";
import styles from "./board-card.module.css";
import { writtenTitle } from "./written-title.js";

interface CardTitleFormProps {
  readonly label: string;
  readonly title: string;
  /** The new title; undefined where it was given up. */
  readonly onDone: (title: string | undefined) => void;
}

const MAX_TITLE = 120; // the server's own

/** A title being written: Enter takes it, Escape gives it up, and so does an empty one. */
export function CardTitleForm({ label, title, onDone }: CardTitleFormProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const isOver = useRef(false);
  useEffect(() => input.current?.select(), []);

  const finish = (isTaken: boolean) => {
    if (isOver.current) return; // what is taken by a key loses the focus too
    isOver.current = true;
    const card = input.current?.closest<HTMLElement>("[data-card]");
    onDone(isTaken ? writtenTitle(input.current?.value ?? "") || undefined : undefined);
    requestAnimationFrame(() => document.activeElement === document.body && card?.focus());
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    finish(event.key === "Enter");
  };
  return (
    <textarea
      ref={input}
      className={styles["input"]}
      aria-label={label}
      defaultValue={title}
      maxLength={MAX_TITLE}
      rows={1}
      onKeyDown={press}
      onBlur={() => finish(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
