import { component, each, html, live } from "@repo/live-ui";
import { z } from "zod";
import { annotationComposer } from "../components/annotation-composer.component.js";
import { WIDGETS, type Annotation, type Annotations, type WidgetId } from "../data/annotations.js";
import { timeOf } from "../data/ledger.js";

const WIDGET_IDS = Object.keys(WIDGETS) as [WidgetId, ...WidgetId[]];

/** A widget's annotations: a composer, and the thread that all users see at once. */
export function annotationsPage(annotations: Annotations) {
  const composer = annotationComposer(annotations);
  return live("/annotations/:widget", {
    params: z.object({ widget: z.enum(WIDGET_IDS) }),
    state: z.object({}),
    components: [composer],
    load: ({ params }) => annotations.of(params.widget),
    title: ({ params }) => `Annotations: ${WIDGETS[params.widget]}`,
    render: ({ params: { widget }, data }) => html`
      <header class="intro">
        <h1>${WIDGETS[widget]}</h1>
        <p class="quiet">
          The composer is a component with state of its own. What is posted is pushed to every tab that shows this
          widget: open a second one. A double click posts once.
        </p>
        <nav class="tabs" aria-label="Widgets">
          ${each(
            WIDGET_IDS,
            (id) => id,
            (id) =>
              html`<a href="/annotations/${id}" aria-current="${id === widget ? "page" : "false"}">${WIDGETS[id]}</a>`,
          )}
        </nav>
      </header>
      <div class="columns">
        ${component(composer, { widget }, widget)}
        <section class="card" aria-labelledby="thread-title">
          <h2 id="thread-title">Thread <span class="tag" id="thread-count">${data.length}</span></h2>
          ${data.length === 0 ? html`<p class="empty">There are no annotations yet.</p>` : ""}
          <ul id="thread" class="thread" aria-live="polite">
            ${each(data, ({ id }) => id, entry)}
          </ul>
        </section>
      </div>
    `,
  });
}

function entry({ kind, body, at }: Annotation) {
  return html`<li>
    <p>
      <span class="tag kind-${kind}">${kind}</span>
      <time class="quiet" datetime="${at.toISOString()}">${timeOf(at)}</time>
    </p>
    <p class="text">${body}</p>
  </li>`;
}
