import { createQueries, type QueryClient } from "@repo/realtime-client/query";
import type { AnnotationDatabase, AnnotationQueries } from "./annotation-database";

const THREAD_LENGTH = 50;

/** The queries of /annotations: the page reads them for its first paint, and the browser keeps them up to date. */
export function annotationQueries(client: QueryClient) {
  const { query, liveQuery } = createQueries<AnnotationDatabase, AnnotationQueries>(client);
  const newest = query("demo.annotations").orderBy("created_at", "DESC").limit(THREAD_LENGTH);
  return {
    /** What was written about a widget last. */
    thread: (widgetId: number) => newest.where("widget_id", widgetId),
    /** What somebody has written last, wherever it was. */
    writtenBy: (author: string) => newest.where("author", author),
    allBy: (author: string) => query("demo.annotations").where("author", author),
    widgets: liveQuery("widget-counts", {}),
    /** Who belongs to which hub, as far as one may know. */
    members: query("demo.members").orderBy("hub_id").orderBy("user_id"),
  };
}
