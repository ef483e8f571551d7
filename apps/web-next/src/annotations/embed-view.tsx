"use client";

import type { PreloadedQuery, QueryClient } from "@repo/realtime-client/query";
import { useQuery } from "@repo/realtime-react";
import { useMemo } from "react";
import { Card } from "../desk/card";
import type { Annotation, CountedWidget } from "./annotation-database";
import { annotationQueries } from "./annotation-queries";
import styles from "./embed-view.module.css";
import { Thread } from "./thread";

export interface EmbedViewProps {
  readonly client: QueryClient;
  readonly widgetId: number;
  readonly renderedAt: number;
  readonly preloaded: {
    readonly thread: PreloadedQuery<Annotation>;
    readonly widgets: PreloadedQuery<CountedWidget>;
  };
}

/** One widget's thread, to be read. */
export function EmbedView({ client, widgetId, renderedAt, preloaded }: EmbedViewProps) {
  const queries = useMemo(() => annotationQueries(client), [client]);
  const [widget] = useQuery(queries.widgets, { preloaded: preloaded.widgets }).records;
  return (
    <main id="main" className={styles.embed}>
      <Card
        title={widget ? `${widget.name}, ${widget.hub}` : "A widget"}
        lead={widget && `${widget.annotations} annotations`}
      >
        <Thread
          query={queries.thread(widgetId)}
          preloaded={preloaded.thread}
          widgetId={widgetId}
          renderedAt={renderedAt}
        />
      </Card>
    </main>
  );
}
