import { preloadQuery } from "@repo/live-query";
import { annotationQueries } from "../../annotations/annotation-queries";
import { boardClient } from "../../app/board/board-client";
import type { BoundApp } from "../bind-all";
import type { DemoPerson } from "../demo-people";
import { embedUser } from "./embed-authenticator";

/** What /annotations shows to a person at first: one widget, or with `mine` all that this person has written. */
export async function preloadAnnotations(app: Pick<BoundApp, "annotations">, viewer: DemoPerson, widget: unknown) {
  const { live, script, embeds } = app.annotations;
  const queries = annotationQueries(boardClient(viewer.userId).client);
  const widgets = await preloadQuery(live, queries.widgets, viewer);
  const widgetId = widget === "mine" ? undefined : (idOf(widget) ?? widgets.rows[0]?.id);
  const query = widgetId === undefined ? queries.writtenBy(viewer.userId) : queries.thread(widgetId);
  const [thread, members, mine] = await Promise.all([
    preloadQuery(live, query, viewer),
    preloadQuery(live, queries.members, viewer),
    preloadQuery(live, queries.allBy(viewer.userId).counted(), viewer),
  ]);
  const hubs = members.rows.flatMap(({ hub_id: hub, user_id: user }) => (user === viewer.userId ? [hub] : []));
  const own = widgets.rows.find(({ id, hub_id: hub }) => id === widgetId && hubs.includes(hub));
  return {
    script,
    widgetId,
    embedToken: own && (await embeds.seal(own.id)), // only members may give others a look
    renderedAt: Date.now(),
    preloaded: { thread, widgets, members, mine },
  };
}

/** What an embedded page shows at first; undefined where its token shows nothing. */
export async function preloadEmbed(app: Pick<BoundApp, "annotations">, token: unknown) {
  const { live, embeds } = app.annotations;
  const widgetId = typeof token === "string" ? await embeds.open(token) : undefined;
  if (typeof token !== "string" || widgetId === undefined) return undefined;
  const user = embedUser(widgetId);
  const queries = annotationQueries(boardClient(user.userId).client);
  const widgets = await preloadQuery(live, queries.widgets, user);
  const thread = await preloadQuery(live, queries.thread(widgetId), user);
  return { token, widgetId, renderedAt: Date.now(), preloaded: { thread, widgets } };
}

function idOf(text: unknown): number | undefined {
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
