"use client";

import { useEffect, useRef, useState } from "react";
import { ageOf } from "../shell/age-of";
import type { Annotation } from "./annotation-database";
import styles from "./annotation-item.module.css";
import { CategoryMark } from "./category-mark";
import { ChangeNotice } from "./change-notice";
import { EditForm } from "./edit-form";
import type { Change, Intent } from "./use-annotation-changes";

interface AnnotationItemProps {
  readonly annotation: Annotation;
  readonly isOwn: boolean;
  readonly isConnected: boolean;
  readonly now: number;
  /** What it is about, where the list has several widgets. */
  readonly widget: string | undefined;
  readonly change: Change | undefined;
  readonly make: (id: string, intent: Intent) => void;
  readonly dismiss: (id: string) => void;
}

/** One annotation; its author may edit and delete it. */
export function AnnotationItem({ annotation, isOwn, isConnected, now, widget, change, ...does }: AnnotationItemProps) {
  const { id, body, category, author, widget_id: widgetId, created_at: createdAt } = annotation;
  const [edited, setEdited] = useState<Annotation>();
  const edit = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    if (wasEdited.current && !edited) edit.current?.focus();
    wasEdited.current = edited !== undefined;
  }, [edited]);
  const isSending = change?.state === "sending";
  return (
    <li className={styles.item} data-testid="annotation" data-pending={isSending || undefined}>
      <p className={styles.head}>
        <CategoryMark category={category} />
        <span className={styles.author}>{author}</span>
        {widget && <span className="quiet">on {widget}</span>}
        {isSending && !isConnected && <span className={styles.waits}>will be sent</span>}
        <time className="quiet" dateTime={createdAt ?? undefined}>
          {createdAt ? ageOf(now - Date.parse(createdAt)) : "just now"}
        </time>
      </p>
      {edited ? (
        <EditForm
          start={edited}
          isOutdated={edited.version !== annotation.version}
          onCancel={() => setEdited(undefined)}
          onSave={(draft) => {
            setEdited(undefined);
            does.make(id, { kind: "update", widgetId, draft, version: edited.version });
          }}
        />
      ) : (
        <p className={styles.body}>{body}</p>
      )}
      {isOwn && !edited && (!change || isSending) && (
        <p className={styles.actions}>
          <button
            ref={edit}
            className="small"
            aria-label={`Edit: ${body}`}
            aria-disabled={isSending}
            onClick={() => isSending || setEdited(annotation)}
          >
            Edit
          </button>
          <button
            className="small"
            aria-label={`Delete: ${body}`}
            aria-disabled={isSending}
            onClick={() => isSending || does.make(id, { kind: "delete", widgetId })}
          >
            Delete
          </button>
        </p>
      )}
      {change && change.state !== "sending" && <ChangeNotice id={id} change={change} {...does} />}
    </li>
  );
}
