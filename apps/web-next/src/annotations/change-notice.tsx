import styles from "./change-notice.module.css";
import { CategoryMark } from "./category-mark";
import type { Change, Draft, Intent } from "./use-annotation-changes";

interface ChangeNoticeProps {
  readonly id: string;
  readonly change: Exclude<Change, { readonly state: "sending" }>;
  readonly make: (id: string, intent: Intent) => void;
  readonly dismiss: (id: string) => void;
}

/** A change that was not made: why, both texts where there are two, and what to do. */
export function ChangeNotice({ id, change, make, dismiss }: ChangeNoticeProps) {
  const { intent } = change;
  const draft = intent.kind === "delete" ? undefined : intent.draft;
  if (change.state === "refused")
    return (
      <div className={styles.notice} role="alert" data-testid="refused">
        <p>
          <strong>{NOT_DONE[intent.kind]}</strong> {change.why}
        </p>
        {draft && <Text title="Your text" draft={draft} />}
        <p className={styles.choice}>
          <button className="small" onClick={() => make(id, intent)}>
            Try again
          </button>
          <button className="small" onClick={() => dismiss(id)}>
            Discard
          </button>
        </p>
      </div>
    );
  const { current } = change;
  const keep: Intent | undefined =
    draft &&
    (current
      ? { kind: "update", widgetId: intent.widgetId, draft, version: current.version }
      : { kind: "create", widgetId: intent.widgetId, draft });
  return (
    <div className={styles.notice} role="alert" data-testid="conflict">
      <p>
        <strong>
          {current ? "This was changed elsewhere while you were editing it." : "This was deleted elsewhere."}
        </strong>{" "}
        Nothing is lost: choose.
      </p>
      <div className={styles.texts}>
        {draft && <Text title="Yours" draft={draft} />}
        {current && <Text title="Theirs, as it is now" draft={current} />}
      </div>
      <p className={styles.choice}>
        {keep && (
          <button className="small primary" onClick={() => make(id, keep)}>
            {current ? "Keep yours" : "Add yours again"}
          </button>
        )}
        <button className="small" onClick={() => dismiss(id)}>
          {current ? "Keep theirs" : "Leave it deleted"}
        </button>
      </p>
    </div>
  );
}

const NOT_DONE = { create: "Not added.", update: "Not changed.", delete: "Not deleted." } as const;

function Text({ title, draft }: { readonly title: string; readonly draft: Draft }) {
  return (
    <figure className={styles.text}>
      <figcaption className="quiet">{title}</figcaption>
      <CategoryMark category={draft.category} />
      <blockquote>{draft.body}</blockquote>
    </figure>
  );
}
