import { each, html, live } from "@repo/live-ui";
import { z } from "zod";
import { COLUMN_TITLES, COLUMNS, type Card, type TriageBoard } from "../data/triage-board.js";

const MAX_TITLE = 80;
const id = z.string().max(16);
const chosen = z.object({ card: id });

interface BoardState {
  readonly editing: string;
  readonly draft: string;
  readonly issue: string;
}

/** A board that several users sort at once, by dragging or by buttons. */
export function boardPage(board: TriageBoard) {
  const shift = (direction: "up" | "down" | "left" | "right") => ({
    input: chosen,
    run: ({ input }: { readonly input: { readonly card: string } }) => board.shift(input.card, direction),
  });
  return live("/board", {
    state: z.object({
      /** The card whose title is being changed, and what was typed. */
      editing: id.default(""),
      draft: z
        .string()
        .max(2 * MAX_TITLE)
        .default(""),
      issue: z.string().default(""),
    }),
    bind: ["draft"],
    actions: {
      drop: {
        input: z.object({ key: id, before: id.nullish(), column: z.enum(COLUMNS) }),
        run: ({ input: { key, before = null, column } }) => board.move(key, column, before),
      },
      up: shift("up"),
      down: shift("down"),
      left: shift("left"),
      right: shift("right"),
      edit: {
        input: chosen,
        run: ({ state, input }) => {
          const card = board.find(input.card);
          if (card) Object.assign(state, { editing: card.id, draft: card.title, issue: "" });
        },
      },
      rename: {
        input: z.object({ card: id, title: z.string().trim().min(1, "A card needs a title.").max(MAX_TITLE) }),
        run: ({ state, input }) => {
          board.rename(input.card, input.title);
          Object.assign(state, { editing: "", draft: "", issue: "" });
        },
        invalid: ({ state, issues }) => void (state.issue = issues["title"] ?? "This title cannot be saved."),
      },
      cancel: { run: ({ state }) => void Object.assign(state, { editing: "", draft: "", issue: "" }) },
    },
    load: () => COLUMNS.map((column) => ({ column, cards: board.in(column) })),
    title: () => "Triage board",
    render: ({ state, data }) => html`
      <header class="intro">
        <h1>Triage board</h1>
        <p class="quiet">
          Drag a card, or use its arrows. All who have the board open see it at once. Change a title while others sort:
          what you type stays.
        </p>
      </header>
      <div class="board">
        ${each(
          data,
          ({ column }) => column,
          ({ column, cards }) => html`
            <section class="card column" aria-labelledby="title-${column}">
              <h2 id="title-${column}">
                ${COLUMN_TITLES[column]} <span class="tag" id="count-${column}">${cards.length}</span>
              </h2>
              <ul id="column-${column}" class="cards" data-live-drop="drop" data-live-value-column="${column}">
                ${each(
                  cards,
                  (card) => card.id,
                  (card) => cardItem(card, state),
                )}
              </ul>
            </section>
          `,
        )}
      </div>
    `,
  });
}

function cardItem(card: Card, state: BoardState) {
  return card.id === state.editing ? editedCard(card, state) : shownCard(card);
}

function shownCard({ id: card, title, column }: Card) {
  return html`<li id="card-${card}" class="item" data-live-drag="${card}">
    <form method="post" data-live-submit class="item-form">
      <input type="hidden" name="card" value="${card}" />
      <p id="shown-${card}" class="item-title">${title}</p>
      <div class="arrows">
        ${arrow({ card, title, action: "left", sign: "←", isOff: column === "new" })}
        ${arrow({ card, title, action: "up", sign: "↑" })} ${arrow({ card, title, action: "down", sign: "↓" })}
        ${arrow({ card, title, action: "right", sign: "→", isOff: column === "declined" })}
        <button id="edit-${card}" name="live-action" value="edit" class="small" aria-label="Edit ${title}">Edit</button>
      </div>
    </form>
  </li>`;
}

interface Arrow {
  readonly card: string;
  readonly title: string;
  readonly action: "up" | "down" | "left" | "right";
  readonly sign: string;
  readonly isOff?: boolean;
}

function arrow({ card, title, action, sign, isOff = false }: Arrow) {
  return html`<button
    id="${action}-${card}"
    name="live-action"
    value="${action}"
    class="small arrow"
    aria-label="Move ${title} ${action}"
    ?disabled="${isOff}"
  >
    ${sign}
  </button>`;
}

/** The field has the id of the button that opens it: the focus goes from one to the other, and back. */
function editedCard({ id: card, title }: Card, { draft, issue }: BoardState) {
  return html`<li id="card-${card}" class="item edited">
    <form method="post" data-live-submit="rename" class="item-form">
      <input type="hidden" name="card" value="${card}" />
      <label for="edit-${card}">Title of “${title}”</label>
      <input
        id="edit-${card}"
        name="title"
        value="${draft}"
        maxlength="80"
        autocomplete="off"
        aria-describedby="issue-${card}"
        data-live-bind="draft"
        data-live-debounce="0"
      />
      <p id="issue-${card}" class="issue" aria-live="polite">${issue}</p>
      <div class="arrows">
        <button class="small primary">Save</button>
        <button name="live-action" value="cancel" class="small">Cancel</button>
      </div>
    </form>
  </li>`;
}
