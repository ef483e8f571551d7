import type { LivePageNames } from "../feature/live-page-names.js";

/** A page with state, an action, a form that works without JavaScript, and a list whose rows have keys. */
export function livePageTemplate({ page, path, title }: LivePageNames): string {
  return `import { each, html, live } from "@repo/live-ui";
import { z } from "zod";

const MAX_ITEMS = 20; // the state travels in the page's token; read what is more, or stored elsewhere, in \`load\`
const MAX_TEXT = 80;

/** The page ${path}: a list, and a form that adds to it. Give it to \`createLivePages({ pages: [${page}] })\`. */
export const ${page} = live("${path}", {
  state: z.object({
    items: z.array(z.object({ id: z.int(), text: z.string() })).default([]),
    issue: z.string().default(""),
  }),
  actions: {
    add: {
      input: z.object({
        text: z.string().trim().min(1, "Write something first.").max(MAX_TEXT, \`Write at most \${MAX_TEXT} letters.\`),
      }),
      run: ({ state, input, reset }) => {
        const id = (state.items.at(-1)?.id ?? 0) + 1;
        state.items = [...state.items, { id, text: input.text }].slice(-MAX_ITEMS);
        state.issue = "";
        reset("add-item");
      },
      invalid: ({ state, issues }) => void (state.issue = issues["text"] ?? "This cannot be added."),
    },
  },
  title: () => "${title}",
  render: ({ state }) => html\`
    <h1>${title}</h1>
    <form id="add-item" method="post" data-live-submit="add">
      <label for="text">New item</label>
      <input id="text" name="text" autocomplete="off" aria-describedby="issue" />
      <button>Add</button>
      <p id="issue" role="alert">\${state.issue}</p>
    </form>
    <ul id="items">
      \${each(state.items, ({ id }) => id, ({ text }) => html\`<li>\${text}</li>\`)}
    </ul>
  \`,
});
`;
}
