import { each } from "../template/each.js";
import { html, raw } from "../template/html.js";
import type { Slot, TemplateResult } from "../template/template-result.js";

export interface FuzzRow {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly kind: number;
  readonly tags: readonly string[];
  readonly rows: readonly FuzzRow[];
}

/** The state of a page with everything that a template may hold. */
export interface FuzzState {
  /** An attribute's value. */
  readonly theme: string;
  /** Text. */
  readonly title: string;
  /** Whether a part is shown. */
  readonly flag: boolean;
  /** Which of several templates is shown. */
  readonly kind: number;
  /** Which of several panels is shown. */
  readonly panel: number;
  /** A URL, with what has to be escaped. */
  readonly link: string;
  /** A list of texts. */
  readonly tags: readonly string[];
  /** A keyed list. */
  readonly rows: readonly FuzzRow[];
  /** A second keyed list. */
  readonly other: readonly FuzzRow[];
  /** A third keyed list. */
  readonly lines: readonly FuzzRow[];
}

/** The page of a state. */
export function fuzzPage(state: FuzzState): TemplateResult {
  const { theme, title, flag, kind, rows, other, lines, tags, link, panel } = state;
  const chosen = lines.find((row) => row.kind === 1); // two would be no valid HTML
  return html`
    <header class="top ${theme}" title="${title}" data-both="${theme} and ${title}">
      <h1>${title}</h1>
      &copy; ${theme}
    </header>
    <div class="conditional">${flag ? html`<p>Shown <b>${title}</b></p>` : null}</div>
    <section>${slotOfKind(state)}</section>
    <p>Before ${slotOfKind({ ...state, kind: state.kind % 4 })} after</p>
    <ul>
      ${each(rows, (row) => row.key, listRow)}
    </ul>
    <ol>
      <li>First</li>
      ${each(other, (row) => row.key, ownIdRow)}
      <li id="last">Last</li>
    </ol>
    <div>${each(lines, (row) => row.key, plainRow)} text behind</div>
    <div>text before ${each(lines, (row) => row.key, plainRow)}</div>
    <div>${each(rows, (row) => row.key, plainRow)}${each(lines, (row) => row.key, plainRow)}</div>
    <table>
      <thead>
        <tr>
          <th ?hidden="${flag}">${title}</th>
        </tr>
      </thead>
      <tbody>
        ${each(lines, (row) => row.key, tableRow)}
      </tbody>
    </table>
    <div><div id="panel-${panel}" class="${theme}">Panel ${panel} ${flag}</div></div>
    <form method="post" data-live-submit="save">
      <input name="title" value="${title}" ?disabled="${flag}" /><textarea name="note">${title}</textarea>
      <select name="pick">
        ${each(
          lines,
          (row) => row.key,
          (row) => optionRow(row, row === chosen),
        )}
      </select>
    </form>
    <a href="${link}">${title || html`<em>none</em>`}</a>
    <svg viewBox="0 0 9 9">
      <g class="${theme}">${each(lines, (row) => row.key, circleRow)}</g>
      <use xlink:href="#${theme}" />
    </svg>
    <pre>${title}</pre>
    <div>${tags.map((tag) => html`<i>${tag}</i>`)}</div>
    <div>${tags.map((tag) => html`<i>${tag}</i> and <b>${title}</b>`)}</div>
    ${each(other, (row) => row.key, plainRow)}${kind === 8 ? html`<p>${title}</p>` : ""}
  `;
}

function slotOfKind({ kind, title, tags, flag, rows }: FuzzState): Slot {
  switch (kind) {
    case 0:
      return title;
    case 1:
      return html`<b title="${title}">${title}</b>`;
    case 2:
      return html`<i>${title}</i> and <u>${tags.length}</u>${flag}`;
    case 3:
      return [title, html`<b>${title}</b>`, null, [tags.length]];
    case 4:
      return each(rows, (row) => row.key, plainRow); // prettier-ignore
    case 5:
      return raw(`<s>${tags.length}</s>`);
    case 6:
      return html`${each(rows, (row) => row.key, plainRow)}`;
    case 7:
      return html`<b title="${flag}">${title}</b>`; // another call site with equal markup
    default:
      return flag && undefined;
  }
}

function listRow({ key, title, note, kind, tags, rows }: FuzzRow): TemplateResult {
  if (kind === 0) return html`<li class="${title}">${note}</li>`;
  return html`
    <li class="${kind === 1 ? "done" : "open"}" data-key="${key}">
      <span>${title}</span>${note ? html`<em title="${note}">${note}</em>` : ""}
      <ul>
        ${each(rows, (row) => row.key, plainRow)}
      </ul>
      ${tags.join(", ")}
    </li>
  `;
}

function ownIdRow({ key, title, note }: FuzzRow): TemplateResult {
  return html`<li id="own-${key}"><b>${title}</b> ${note}</li>`;
}

function plainRow({ title, note }: FuzzRow): TemplateResult {
  return html`<span data-note="${note}">${title}</span>`;
}

function tableRow({ title, kind, tags }: FuzzRow): TemplateResult {
  return html`<tr>
    <td>${title}</td>
    <td class="${title}"><b>${kind}</b> of ${tags.length}</td>
  </tr>`;
}

function optionRow({ key, title }: FuzzRow, isChosen: boolean): TemplateResult {
  return html`<option value="${key}" ?selected="${isChosen}">${title}</option>`;
}

function circleRow({ kind, title }: FuzzRow): TemplateResult {
  return html`<circle cx="${kind}" r="1"><title>${title}</title></circle>`;
}
