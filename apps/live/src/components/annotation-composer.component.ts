import { defineComponent, each, html } from "@repo/live-ui";
import { z } from "zod";
import { KINDS, type Annotations, type WidgetId } from "../data/annotations.js";

const MAX_BODY = 500;

interface ComposerProps {
  readonly widget: WidgetId;
}

const draft = z.object({
  kind: z.enum(KINDS),
  body: z.string().trim().min(1, "Write something first.").max(MAX_BODY, `At most ${MAX_BODY} characters.`),
});

/** A form for an annotation, with a preview that follows the keys. */
export function annotationComposer(annotations: Annotations) {
  return defineComponent("composer", {
    initialState: (_: { readonly props: ComposerProps }) => ({}),
    state: z.object({
      kind: z.enum(KINDS).default("question"),
      body: z
        .string()
        .max(2 * MAX_BODY)
        .default(""),
      issue: z.string().default(""),
    }),
    bind: ["kind", "body"],
    actions: {
      post: {
        input: draft,
        once: true,
        run: ({ state, input, params, reset }) => {
          annotations.add(params.widget, input);
          Object.assign(state, { body: "", issue: "" });
          reset("composer");
        },
        invalid: ({ state, issues }) =>
          void (state.issue = issues["body"] ?? issues["kind"] ?? "This cannot be posted."),
      },
      preview: {
        input: z.object({ kind: z.enum(KINDS), body: z.string().max(2 * MAX_BODY) }),
        run: ({ state, input }) => void Object.assign(state, input, { issue: "" }),
      },
    },
    render: ({ state: { kind, body, issue } }) => html`
      <form id="composer" method="post" data-live-submit="post" data-live-disable class="card composer">
        <div class="field">
          <label for="kind">Kind</label>
          <select id="kind" name="kind" data-live-bind="kind">
            ${each(
              KINDS,
              (one) => one,
              (one) => html`<option value="${one}" ?selected="${one === kind}">${one}</option>`,
            )}
          </select>
        </div>
        <div class="field">
          <label for="body">Annotation</label>
          <textarea id="body" name="body" rows="4" maxlength="500" data-live-bind="body" aria-describedby="body-issue">
${body}</textarea>
          <p id="body-issue" class="issue" aria-live="polite">${body.trim() === "" ? issue : ""}</p>
        </div>
        <div class="preview">
          <p class="quiet">Preview</p>
          <p><span class="tag kind-${kind}">${kind}</span></p>
          <p id="preview" class="text">${body.trim() === "" ? "Nothing written yet." : body}</p>
        </div>
        <div class="buttons">
          <button class="primary">Post</button>
          <button name="live-action" value="preview" class="only-forms">Preview</button>
        </div>
      </form>
    `,
  });
}
