"use client";

import type { PreloadedQuery, TableQuery } from "@repo/realtime-client/query";
import { useQuery } from "@repo/realtime-react";
import { useRef } from "react";
import { useConnection } from "../orders/order-hooks";
import type { Annotation } from "./annotation-database";
import { AnnotationItem } from "./annotation-item";
import { ChangeNotice } from "./change-notice";
import styles from "./thread.module.css";
import { ThreadStatus } from "./thread-status";
import { NO_CHANGES, type AnnotationChanges, type Intent } from "./use-annotation-changes";
import { useNow } from "./use-now";

interface ThreadProps {
  readonly query: TableQuery<Annotation>;
  readonly preloaded: PreloadedQuery<Annotation>;
  /** Undefined: annotations of all widgets. */
  readonly widgetId: number | undefined;
  readonly renderedAt: number;
  /** Who may change what is theirs; left out, the thread is only read. */
  readonly viewerId?: string;
  readonly changes?: AnnotationChanges;
  readonly nameOf?: (widgetId: number) => string | undefined;
}

/** Annotations, the newest first, as they are written. */
export function Thread({ query, preloaded, widgetId, renderedAt, viewerId, nameOf, ...rest }: ThreadProps) {
  const { changes, make, dismiss } = rest.changes ?? NO_CHANGES;
  const isConnected = useConnection().state.status === "connected";
  const { records, status, isStale, error } = useQuery(query, { preloaded });
  const now = useNow(renderedAt);
  const list = useRef<HTMLOListElement>(null);
  const makeHere = (id: string, intent: Intent) => {
    if (intent.kind === "delete") list.current?.focus(); // its button is about to go
    void make(id, intent);
  };
  const known = new Set(records.map(({ id }) => id));
  const here = [...changes].filter(([, { intent }]) => widgetId === undefined || intent.widgetId === widgetId);
  const waiting = here.filter(([, { state }]) => state === "sending").length;
  return (
    <div className={styles.thread}>
      <ThreadStatus
        isLive={isConnected && status === "subscribed" && !isStale}
        isStale={isStale}
        waiting={isConnected ? 0 : waiting}
        error={error}
      />
      {here.map(
        ([id, change]) =>
          change.state !== "sending" &&
          !known.has(id) && <ChangeNotice key={id} id={id} change={change} make={makeHere} dismiss={dismiss} />,
      )}
      <ol
        ref={list}
        tabIndex={-1}
        className={styles.list}
        data-testid="thread"
        aria-label="Annotations, the newest first"
      >
        {records.map((annotation) => (
          <AnnotationItem
            key={annotation.id}
            annotation={annotation}
            isOwn={annotation.author === viewerId}
            isConnected={isConnected}
            now={now}
            widget={
              widgetId === undefined ? (nameOf?.(annotation.widget_id) ?? "a widget that you do not see") : undefined
            }
            change={changes.get(annotation.id)}
            make={makeHere}
            dismiss={dismiss}
          />
        ))}
      </ol>
      {records.length === 0 && <p className="quiet">Nothing is written here yet, or nothing that you may see.</p>}
    </div>
  );
}
