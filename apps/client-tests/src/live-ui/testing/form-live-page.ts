import { each, html, live, type LivePage } from "@repo/live-ui";
import { z } from "zod";

/** What a visitor has filled in, as the server keeps it. */
export const formSchema = z.object({
  text: z.string().default(""),
  area: z.string().default(""),
  number: z.string().default(""),
  check: z.string().default(""),
  radio: z.string().default(""),
  select: z.string().default(""),
});

export type FormValues = z.infer<typeof formSchema>;

/** What the server makes of what was filled in: two of the values are others then. */
export function acknowledged(values: FormValues): FormValues {
  return { ...values, text: values.text.toUpperCase(), area: `${values.area}!` };
}

const CHOICES = ["1", "2", "3", "4"];

/** What the page reads: a number that changes everything but the values, and values that another client has changed at a tick. */
export interface FormData {
  readonly tick: number;
  readonly changes: Readonly<Partial<Record<keyof FormValues, { readonly value: string; readonly tick: number }>>>;
}

/** A page with a form, which others change too. */
export function formLivePage(read: () => FormData): LivePage {
  return live("/form", {
    state: z.object({
      values: formSchema.default(formSchema.parse({})),
      bound: z.string().default(""),
      saves: z.number().default(0),
      savedAt: z.number().default(-1),
    }),
    bind: ["bound"],
    actions: {
      save: {
        input: formSchema,
        run({ state, input }) {
          state.values = acknowledged(input);
          state.saves += 1;
          state.savedAt = read().tick;
        },
      },
    },
    load: read,
    render({ state: { saves, bound, savedAt, ...state }, data: { tick, changes } }) {
      const newer = Object.entries(changes).filter(([, change]) => change.tick > savedAt);
      const values = { ...state.values, ...Object.fromEntries(newer.map(([name, { value }]) => [name, value])) };
      const look = `look-${tick % 5}`;
      const rows = Array.from({ length: tick % 4 }, (_, row) => (tick * 7 + row * 3) % 11);
      return html`
        <output id="tick">${tick}</output> <output id="saves">${saves}</output> <output id="bound-is">${bound}</output>
        ${tick % 3 === 0 ? html`<p class="${look}">Above ${tick}</p>` : null}
        <input id="bound" class="${look}" data-live-bind="bound" value="${bound}" />
        <form id="form" class="${look}" method="post" data-live-submit="save">
          ${tick % 2 === 0 ? html`<p>A hint ${tick}</p>` : null}
          <input id="text" name="text" class="${look}" value="${values.text}" />
          <textarea id="area" name="area" class="${look}">${values.area}</textarea>
          <input id="number" name="number" type="number" title="${look}" value="${values.number}" />
          <input id="check" name="check" type="checkbox" class="${look}" ?checked="${values.check === "on"}" />
          ${CHOICES.map(
            (choice) =>
              html`<input
                id="radio-${choice}"
                name="radio"
                type="radio"
                class="${look}"
                value="${choice}"
                ?checked="${values.radio === choice}"
              />`,
          )}
          <select id="select" name="select" class="${look}">
            ${each(
              ["", ...rotated(CHOICES, tick), ...rows.map((row) => `row ${row}`)],
              (choice) => choice,
              (choice) => html`<option value="${choice}" ?selected="${values.select === choice}">${choice}</option>`,
            )}
          </select>
          <div id="edit" contenteditable class="${look}">editable</div>
          <ul>
            ${each(rows, String, (row) => html`<li class="${look}">${row}</li>`)}
          </ul>
          <button id="save">Save</button>
        </form>
      `;
    },
  });
}

function rotated(items: readonly string[], by: number): readonly string[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
