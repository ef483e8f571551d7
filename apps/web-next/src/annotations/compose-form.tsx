"use client";

import { useActionState, useRef } from "react";
import { createAnnotationAction } from "../app/annotations/annotations.actions";
import styles from "./compose-form.module.css";
import { DraftFields, draftOf } from "./draft-fields";
import type { Draft } from "./use-annotation-changes";

interface ComposeFormProps {
  readonly widgetId: number;
  readonly onCreate: (draft: Draft) => void;
  /** Who may write here, where this person may not. */
  readonly writers: string | undefined;
}

/** Writes an annotation: at once and without a request where JavaScript runs, by a server action where it does not. */
export function ComposeForm({ widgetId, onCreate, writers }: ComposeFormProps) {
  const [why, act] = useActionState(createAnnotationAction, undefined);
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      action={act}
      className={styles.form}
      aria-label="New annotation"
      onSubmit={(event) => {
        event.preventDefault();
        const draft = draftOf(new FormData(event.currentTarget));
        if (!draft) return;
        onCreate(draft);
        const { body } = event.currentTarget;
        if (!(body instanceof HTMLTextAreaElement)) return;
        body.value = "";
        body.focus();
      }}
    >
      <input type="hidden" name="widget" value={widgetId} />
      <DraftFields placeholder="What is good, missing or broken?" />
      <div className={styles.foot}>
        <p className="quiet">
          {writers
            ? `Only members of ${writers} write here. Try it: the database refuses.`
            : "Ctrl + Enter sends it too."}
        </p>
        <button className="primary">Add</button>
      </div>
      {why && (
        <p role="status" className="shut">
          {why}
        </p>
      )}
    </form>
  );
}
