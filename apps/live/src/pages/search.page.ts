import { each, html, live } from "@repo/live-ui";
import { z } from "zod";
import { findCapitals, splitAt, type Capital } from "../data/capitals.js";

const MAX_QUERY = 80;
const MAX_SHOWN = 24;

/** A search that shows its results while the user types. */
export const searchPage = live("/search", {
  state: z.object({ query: z.string().max(MAX_QUERY).default("") }),
  actions: {
    search: {
      input: z.object({ query: z.string().max(MAX_QUERY) }),
      run: ({ state, input }) => void (state.query = input.query),
    },
  },
  load: ({ state }) => findCapitals(state.query),
  title: ({ state }) => (state.query === "" ? "Live search" : `${state.query} – live search`),
  render: ({ state, data }) => html`
    <header class="intro">
      <h1>Live search</h1>
      <p class="quiet">
        The field sends what was typed after a pause of 300 ms. Results keep their identity by a key, so rows that stay
        are not sent again, and a late reply never replaces a newer one.
      </p>
    </header>
    <form method="post" data-live-submit="search" role="search" class="card search">
      <label for="query">City, country or continent</label>
      <div class="field-row">
        <input
          type="search"
          id="query"
          name="query"
          value="${state.query}"
          maxlength="80"
          autocomplete="off"
          spellcheck="false"
          data-live-input="search"
          data-live-debounce="300"
        />
        <button class="primary">Search</button>
      </div>
    </form>
    <section class="card results" aria-label="Results">
      <p id="found" class="quiet" role="status">${found(state.query, data)}</p>
      ${data.length === 0 ? html`<p class="empty">Try “korea”, “san” or “oceania”.</p>` : ""}
      <ul id="results" class="rows">
        ${each(
          data.slice(0, MAX_SHOWN),
          ({ city }) => city,
          (capital) => row(capital, state.query),
        )}
      </ul>
    </section>
  `,
});

function row({ city, country, continent }: Capital, query: string) {
  return html`<li>
    <span class="name">${marked(city, query)}</span>
    <span>${marked(country, query)}</span>
    <span class="tag">${continent}</span>
  </li>`;
}

function marked(text: string, query: string) {
  const [before, match, after] = splitAt(text, query);
  return match === "" ? before : html`${before}<mark>${match}</mark>${after}`;
}

function found(query: string, { length }: readonly Capital[]): string {
  if (query.trim() === "") return `${length} capitals; the first ${MAX_SHOWN} are shown.`;
  if (length === 0) return `Nothing found for “${query.trim()}”.`;
  if (length > MAX_SHOWN) return `${length} capitals found; the first ${MAX_SHOWN} are shown.`;
  return length === 1 ? "1 capital found." : `${length} capitals found.`;
}
