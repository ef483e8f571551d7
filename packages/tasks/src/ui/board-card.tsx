import { useState, type KeyboardEvent, type PointerEvent } from "react";
import type { Task } from "../task.js";
import styles from "./board-card.module.css";
import { cardKeyOf, type CardKey } from "./card-key.js";
import { CardTitleForm } from "./card-title-form.js";
import { ConflictNotice } from "./conflict-notice.js";
import { Face } from "./face.js";
import type { Looker } from "./looker.js";
import { NoticeLine } from "./notice-line.js";
import type { Notice } from "./use-notices.js";

/** What can be done to a card. */
export interface CardDeeds {
  readonly begin: (event: PointerEvent<HTMLElement>, task: Task) => void;
  readonly press: (task: Task, pressed: Exclude<CardKey, { readonly kind: "rename" }>) => void;
  readonly focused: (task: Task) => void;
  readonly rename: (task: Task, title: string) => void;
  readonly remove: (task: Task) => void;
  readonly look: (id: string | undefined) => void;
  readonly dismiss: (key: number) => void;
}

interface BoardCardProps {
  readonly task: Task;
  readonly deeds: CardDeeds;
  readonly isPending: boolean;
  readonly isDragged: boolean;
  readonly notice: Notice | undefined;
  /** Who drags it at the moment, of the others. */
  readonly holder: Looker | undefined;
  /** Others who look at it. */
  readonly lookers: readonly Looker[];
  /** The one card of its column that Tab goes to. */
  readonly isTabStop: boolean;
  /** Arrow keys move it. */
  readonly isPickedUp: boolean;
}

/** A card: a thing to do. */
export function BoardCard({ task, deeds, isPending, isDragged, notice, holder, lookers, ...keys }: BoardCardProps) {
  const [isEdited, setEdited] = useState(false);
  const { id, title, isStaff } = task;

  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = cardKeyOf(event, keys.isPickedUp);
    if (!pressed) return;
    event.preventDefault();
    if (pressed.kind === "rename") setEdited(true);
    else deeds.press(task, pressed);
  };

  return (
    <div
      className={styles["card"]}
      role="gridcell"
      data-card={id}
      data-edited={isEdited || undefined}
      data-picked-up={keys.isPickedUp || undefined}
      data-dragged={isDragged || undefined}
      data-held={holder && true}
      data-pending={isPending || undefined}
      data-refused={notice && true}
      data-staff={isStaff || undefined}
      data-watched={lookers.length > 0 || undefined}
      style={{ "--hue": (holder ?? lookers[0])?.hue } as React.CSSProperties}
      tabIndex={keys.isTabStop && !isEdited ? 0 : -1}
      aria-label={nameOf(task, { isPending, holder })}
      onKeyDown={press}
      onPointerDown={(event) => deeds.begin(event, task)}
      onPointerEnter={() => deeds.look(id)}
      onPointerLeave={() => deeds.look(undefined)}
      onFocus={() => {
        deeds.look(id);
        deeds.focused(task);
      }}
      onBlur={() => deeds.look(undefined)}
      onDoubleClick={() => setEdited(true)}
    >
      <svg className={styles["grip"]} viewBox="0 0 8 14" data-grip aria-hidden="true">
        {[2, 7, 12].map((y) => (
          <path key={y} d={`M2 ${y}h0m4 0h0`} />
        ))}
      </svg>
      <div className={styles["body"]}>
        {isEdited ? (
          <CardTitleForm
            label="Title"
            title={notice?.draft ?? title}
            onDone={(next) => {
              setEdited(false);
              if (next && notice?.draft !== undefined) deeds.dismiss(notice.key);
              if (next && next !== title) deeds.rename(task, next);
            }}
          />
        ) : (
          <p className={styles["title"]}>{title}</p>
        )}{" "}
        {holder && <span className={styles["holder"]}>{holder.name} is moving this</span>}{" "}
        {isStaff && <span className={styles["staff"]}>staff</span>}
      </div>
      <div className={styles["tools"]}>
        <button
          className={styles["tool"]}
          tabIndex={-1}
          aria-label={`Rename “${title}”`}
          onClick={() => setEdited(true)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m3 13 .6-2.8L10.8 3l2.2 2.2-7.2 7.2L3 13Z" />
          </svg>
        </button>
        <button
          className={styles["tool"]}
          tabIndex={-1}
          aria-label={`Delete “${title}”`}
          onClick={() => deeds.remove(task)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" />
          </svg>
        </button>
      </div>
      {lookers.length > 0 && (
        <ul className={styles["lookers"]} aria-label="Looking at this card">
          {lookers.map(({ connectionId, name, hue }) => (
            <li key={connectionId}>
              <Face small name={name} hue={hue} label={`${name} looks at this`} />
            </li>
          ))}
        </ul>
      )}
      {notice?.isConflict && (
        <ConflictNotice
          notice={notice}
          theirs={title}
          rename={(next) => deeds.rename(task, next)}
          dismiss={deeds.dismiss}
        />
      )}
      {notice && !notice.isConflict && (
        <NoticeLine
          className={styles["notice"]}
          notice={notice}
          dismiss={deeds.dismiss}
          edit={isEdited ? undefined : () => setEdited(true)}
        />
      )}
    </div>
  );
}

/** What a screen reader calls a card: what is visible on it, in the same words and order. */
function nameOf({ title, isStaff }: Task, { holder, isPending }: Pick<BoardCardProps, "holder" | "isPending">): string {
  const parts = [
    title,
    holder && `${holder.name} is moving this`,
    isStaff && "staff card",
    isPending && "not confirmed yet",
  ];
  return parts.filter(Boolean).join(", ");
}
