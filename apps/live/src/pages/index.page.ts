import { each, html, live } from "@repo/live-ui";
import { z } from "zod";

interface Example {
  readonly path: string;
  readonly title: string;
  readonly sentence: string;
}

const EXAMPLES: readonly Example[] = [
  { path: "/counter", title: "Counter", sentence: "A button, an action, and the one text that changes." },
  { path: "/search", title: "Live search", sentence: "Results while you type, and never those of an older text." },
  { path: "/sign-up", title: "Sign up", sentence: "Messages beside the fields; what was typed stays where it is." },
  {
    path: "/annotations/revenue",
    title: "Annotations",
    sentence: "A composer with a preview, and a thread that every tab sees at once.",
  },
  { path: "/board", title: "Triage board", sentence: "Three columns that several users sort by mouse or keyboard." },
  { path: "/poll", title: "Poll", sentence: "Votes that a channel pushes to every page that watches it." },
  { path: "/governance", title: "Proposal", sentence: "A form in four steps, which submits once." },
  { path: "/dashboard", title: "Dashboard", sentence: "Counts and a ledger that are pushed while a page is open." },
];

/** The way to every example. */
export const indexPage = live("/", {
  state: z.object({}),
  title: () => "Server-driven pages",
  render: () => html`
    <header class="intro">
      <h1>Pages that the server keeps up to date</h1>
      <p class="quiet">
        One function renders a page, typed actions change its state, and the browser receives what is different. The
        same code serves forms without JavaScript, AJAX, SSE and WebSocket.
      </p>
    </header>
    <ul class="examples">
      ${each(
        EXAMPLES,
        ({ path }) => path,
        ({ path, title, sentence }) => html`
          <li class="card">
            <h2><a href="${path}">${title}</a></h2>
            <p class="quiet">${sentence}</p>
          </li>
        `,
      )}
    </ul>
    <section class="card prose">
      <h2>Compare the transports</h2>
      <p>
        Add <code>?transport=ajax</code>, <code>sse</code> or <code>ws</code> to any address, or choose one at the top.
        Without it, a page connects by WebSocket and falls back to SSE where a proxy refuses that. Actions are sent by
        AJAX until a connection stands and after it is lost. The badge beside the switch names what is in use.
      </p>
      <p>Turn JavaScript off, and every form still works: one page load for each action.</p>
    </section>
  `,
});
