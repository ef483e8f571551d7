"use client";

import type { PreloadedQuery, QueryClient } from "@repo/realtime-client/query";
import { useCount, useQuery } from "@repo/realtime-react";
import { useMemo } from "react";
import { Card } from "../desk/card";
import type { DemoPerson } from "../server/demo-people";
import type { Annotation, CountedWidget, Member } from "./annotation-database";
import { annotationQueries } from "./annotation-queries";
import styles from "./annotations-view.module.css";
import { ComposeForm } from "./compose-form";
import { MemberTable } from "./member-table";
import { ScopeSwitch } from "./scope-switch";
import { Thread } from "./thread";
import { useAnnotationChanges } from "./use-annotation-changes";
import { WidgetList } from "./widget-list";

/** What the server has read for the first paint. */
export interface PreloadedAnnotations {
  readonly thread: PreloadedQuery<Annotation>;
  readonly widgets: PreloadedQuery<CountedWidget>;
  readonly members: PreloadedQuery<Member>;
  readonly mine: PreloadedQuery<{ readonly count: number }>;
}

export interface AnnotationsViewProps {
  readonly viewer: DemoPerson;
  readonly people: readonly DemoPerson[];
  /** Which widget is shown; undefined: what the viewer has written. */
  readonly widgetId: number | undefined;
  /** Shows the widget to who has it; members have one. */
  readonly embedToken: string | undefined;
  readonly preloaded: PreloadedAnnotations;
  readonly renderedAt: number;
  readonly script: string;
}

interface Props extends AnnotationsViewProps {
  readonly client: QueryClient;
}

/** Widgets and what people write about them: queries of the browser, under row-level security. */
export function AnnotationsView({
  client,
  viewer,
  people,
  widgetId,
  preloaded,
  renderedAt,
  script,
  embedToken,
}: Props) {
  const queries = useMemo(() => annotationQueries(client), [client]);
  const widgets = useQuery(queries.widgets, { preloaded: preloaded.widgets }).records;
  const members = useQuery(queries.members, { preloaded: preloaded.members }).records;
  const { count } = useCount(queries.allBy(viewer.userId), { preloaded: preloaded.mine });
  const changes = useAnnotationChanges(client, viewer.userId);
  const widget = widgets.find(({ id }) => id === widgetId);
  const isMember = members.some(({ hub_id: hub, user_id: user }) => hub === widget?.hub_id && user === viewer.userId);
  const query = widgetId === undefined ? queries.writtenBy(viewer.userId) : queries.thread(widgetId);
  const title = widgetId === undefined ? "All that you have written" : (widget?.name ?? "A widget that you do not see");
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>Annotations</h1>
        <p className="quiet">
          The browser queries the database. Row-level security decides which rows {viewer.name} receives, and every
          committed change of them follows.
        </p>
      </div>
      <div className={styles.columns}>
        <div className={styles.side}>
          <Card title="Widgets">
            <WidgetList widgets={widgets} mine={count} widgetId={widgetId} />
          </Card>
          {viewer.roles.includes("staff") && <MemberTable client={client} people={people} members={members} />}
        </div>
        <div className={styles.main}>
          <Card
            title={title}
            lead={
              widget &&
              `${widget.hub} · ${widget.policy_scope === "public" ? "everybody sees it" : "only its members see it"}`
            }
            aside={widget && isMember && <ScopeSwitch client={client} widget={widget} />}
          >
            {widget && (
              <ComposeForm
                key={widget.id}
                widgetId={widget.id}
                writers={isMember ? undefined : widget.hub}
                onCreate={(draft) => void changes.create(widget.id, draft)}
              />
            )}
            <Thread
              key={widgetId}
              query={query}
              preloaded={preloaded.thread}
              widgetId={widgetId}
              viewerId={viewer.userId}
              renderedAt={renderedAt}
              nameOf={(id) => widgets.find((each) => each.id === id)?.name}
              changes={changes}
            />
          </Card>
          {embedToken && (
            <details className={styles.script}>
              <summary>Embed this widget in another site</summary>
              <pre tabIndex={0} data-testid="embed code">{`<iframe src="/embed?token=${embedToken}"></iframe>`}</pre>
              <p className="quiet">
                Whoever has this address sees this widget, live, and no other: the token names it, and a restrictive
                policy compares. <a href={`/embed?token=${embedToken}`}>Open it</a>
              </p>
            </details>
          )}
          <details className={styles.script}>
            <summary>The policies that decide</summary>
            <pre tabIndex={0}>{script}</pre>
          </details>
        </div>
      </div>
    </div>
  );
}
