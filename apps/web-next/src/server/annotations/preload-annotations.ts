import { preloadQuery } from "@repo/live-query";
import { annotationQueries } from "../../annotations/annotation-queries";
import { boardClient } from "../../app/board/board-client";
import type { BoundApp } from "../bind-all";
import type { DemoPerson } from "../demo-people";

/** What /annotations shows to a person at first: one widget, or with `mine` all that this person has written. */
export async function preloadAnnotations(app: Pick<BoundApp, "annotations">, viewer: DemoPerson, widget: unknown) {
  const { live, script } = app.annotations;
  const queries = annotationQueries(boardClient(viewer.userId).client);
  const widgets = await preloadQuery(live, queries.widgets, viewer);
  const widgetId = widget === "mine" ? undefined : (idOf(widget) ?? widgets.rows[0]?.id);
  const thread = widgetId === undefined ? queries.writtenBy(viewer.userId) : queries.thread(widgetId);
  const [rows, members, mine] = await Promise.all([
    preloadQuery(live, thread, viewer),
    preloadQuery(live, queries.members, viewer),
    preloadQuery(live, queries.allBy(viewer.userId).counted(), viewer),
  ]);
  return { script, widgetId, renderedAt: Date.now(), preloaded: { thread: rows, widgets, members, mine } };
}

function idOf(text: unknown): number | undefined {
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
