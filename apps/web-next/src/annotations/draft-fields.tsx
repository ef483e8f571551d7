import { useId } from "react";
import { CATEGORIES } from "./annotation-database";
import styles from "./draft-fields.module.css";
import type { Draft } from "./use-annotation-changes";

export const MAX_BODY = 280;

interface DraftFieldsProps {
  readonly start?: Draft | undefined;
  readonly placeholder?: string;
  readonly takesFocus?: boolean;
}

/** The two fields of an annotation. */
export function DraftFields({ start, placeholder, takesFocus = false }: DraftFieldsProps) {
  const id = useId();
  return (
    <div className={styles.fields}>
      <div>
        <label htmlFor={`${id} category`}>Category</label>
        <select id={`${id} category`} name="category" defaultValue={start?.category}>
          {CATEGORIES.map((category) => (
            <option key={category}>{category}</option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={`${id} body`}>Text</label>
        <textarea
          id={`${id} body`}
          name="body"
          rows={2}
          required
          maxLength={MAX_BODY}
          defaultValue={start?.body}
          placeholder={placeholder}
          autoFocus={takesFocus}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
      </div>
    </div>
  );
}

/** What a form of these fields has; undefined where there is no text. */
export function draftOf(form: FormData): Draft | undefined {
  const body = String(form.get("body") ?? "").trim();
  const category = CATEGORIES.find((each) => each === form.get("category"));
  return body && category ? { body, category } : undefined;
}
