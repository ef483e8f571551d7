import { DraftFields, draftOf } from "./draft-fields";
import styles from "./edit-form.module.css";
import type { Draft } from "./use-annotation-changes";

interface EditFormProps {
  readonly start: Draft;
  /** Somebody has changed it since. */
  readonly isOutdated: boolean;
  readonly onSave: (draft: Draft) => void;
  readonly onCancel: () => void;
}

/** Changes the text of an annotation. Escape leaves it as it is. */
export function EditForm({ start, isOutdated, onSave, onCancel }: EditFormProps) {
  return (
    <form
      className={styles.form}
      aria-label="Edit annotation"
      onSubmit={(event) => {
        event.preventDefault();
        const draft = draftOf(new FormData(event.currentTarget));
        if (draft) onSave(draft);
      }}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      <DraftFields start={start} takesFocus />
      {isOutdated && (
        <p role="status" className={styles.outdated}>
          It has been changed elsewhere while you were writing. When you save, you can choose.
        </p>
      )}
      <p className={styles.ends}>
        <button className="small primary">Save</button>
        <button type="button" className="small" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}
