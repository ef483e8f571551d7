import { useRef, useState, type FormEvent } from "react";
import type { TaskColumn } from "../task.js";
import { COLUMN_TITLES } from "./columns.js";
import styles from "./new-card.module.css";
import type { CardDraft } from "./use-board.js";
import { writtenTitle } from "./written-title.js";

interface NewCardProps {
  readonly column: TaskColumn;
  readonly mayMakeStaffCards: boolean;
  readonly create: (draft: CardDraft) => void;
}

/** Writes new cards, one after the other. */
export function NewCard({ column, mayMakeStaffCards, create }: NewCardProps) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entries = new FormData(form);
    const title = writtenTitle(String(entries.get("title")));
    if (!title) return close();
    create({ title, column, isStaff: entries.has("isStaff") });
    form.reset();
  };
  if (!isOpen)
    return (
      <button ref={opener} className={styles["opener"]} onClick={() => setOpen(true)}>
        <span aria-hidden="true">+</span> Add a card<span className={styles["where"]}> to {COLUMN_TITLES[column]}</span>
      </button>
    );
  return (
    <form className={styles["form"]} onSubmit={submit} onKeyDown={({ key }) => key === "Escape" && close()}>
      <input
        name="title"
        aria-label={`New card in ${COLUMN_TITLES[column]}`}
        placeholder="What is to be done?"
        maxLength={120}
        autoComplete="off"
        autoFocus
      />
      <div className={styles["row"]}>
        {mayMakeStaffCards && (
          <label className={styles["staff"]}>
            <input type="checkbox" name="isStaff" /> For staff only
          </label>
        )}
        <button type="button" className="small" onClick={close}>
          Close
        </button>
        <button className="small primary">Add</button>
      </div>
    </form>
  );
}
