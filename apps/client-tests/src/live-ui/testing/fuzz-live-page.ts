import { each, html, live, type LivePage } from "@repo/live-ui";
import { fuzzPage, type FuzzState } from "@repo/live-ui/testing";
import { z } from "zod";
import type { FuzzStates } from "./fuzz-states.js";

/** How many states `jump` skips. */
export const JUMP = 25;

/** A page that is to be fuzzed, and its pushes. */
export interface FuzzLivePage {
  readonly page: LivePage;
  /** Shows the next state to every connection. */
  push(): void;
}

/** A page that shows one random state after the other; `/fuzz/7` begins with state 7. */
export function fuzzLivePage(states: FuzzStates): FuzzLivePage {
  const pushes = new Set<() => void>();
  const page = live("/fuzz/:from", {
    params: z.object({ from: z.coerce.number().int().min(0) }),
    state: z.object({ step: z.number().default(0) }),
    mount: ({ params }) => ({ step: params.from }),
    actions: {
      next: { run: ({ state }) => void (state.step += 1) },
      jump: { run: ({ state }) => void (state.step += JUMP) },
    },
    connected({ update }) {
      const push = () => update((state) => void (state.step += 1));
      pushes.add(push);
      return () => void pushes.delete(push);
    },
    title: ({ state }) => states.at(state.step).title || "none",
    render: ({ state: { step } }) => html`
      <output id="step">${step}</output>
      <button id="next" type="button" name="live-action" value="next" hx-post="/fuzz/0" hx-swap="none">next</button>
      <button id="jump" type="button" name="live-action" value="jump" hx-post="/fuzz/0" hx-swap="none">jump</button>
      ${fuzzPage(states.at(step))} ${controls(states.at(step))}
    `,
  });
  return { page, push: () => pushes.forEach((push) => push()) };
}

/** Every kind of form control, of which some move with their rows. */
function controls({ title, theme, flag, kind, panel, rows, lines }: FuzzState) {
  const chosen = lines.find((row) => row.kind === 2); // two would be no valid HTML
  return html`<form id="controls" method="post" data-live-submit="next">
    <input id="text" name="text" value="${title}" class="${theme}" />
    <input name="number" type="number" value="${kind}" />
    <textarea id="area" name="area" class="${theme}">${title}</textarea>
    <input name="check" type="checkbox" ?checked="${flag}" />
    ${[0, 1, 2].map((choice) => html`<input type="radio" name="r" value="${choice}" ?checked="${choice === panel}" />`)}
    <select id="select" name="select">
      ${each(
        lines,
        (row) => row.key,
        (row) => html`<option value="${row.key}" ?selected="${row === chosen}">${row.title}</option>`,
      )}
    </select>
    <select name="many" multiple>
      ${[0, 1, 2, 3].map((choice) => html`<option ?selected="${choice === kind || choice === panel}">${choice}</option>`)}
    </select>
    <div id="edit" contenteditable class="${theme}">${title}</div>
    <details ?open="${flag}">
      <summary>${title}</summary>
      ${theme}
    </details>
    <ul>
      ${each(
        rows,
        (row) => row.key,
        (row) => html`<li><input name="${row.key}" value="${row.title}" /><a href="#${row.key}">${row.note}</a></li>`,
      )}
    </ul>
  </form>`;
}
