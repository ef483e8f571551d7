import { html, live } from "@repo/live-ui";
import { z } from "zod";

/** A counter whose state is kept by the server. */
export const counterPage = live("/counter", {
  state: z.object({ count: z.int().default(0) }),
  actions: {
    increment: { run: ({ state }) => void (state.count += 1) },
    decrement: { run: ({ state }) => void (state.count -= 1) },
    reset: { run: ({ state }) => void (state.count = 0) },
  },
  title: () => "Counter",
  render: ({ state }) => html`
    <header class="intro">
      <h1>Counter</h1>
      <p class="quiet">
        Each click is an action. The server renders again, compares, and sends the one text that is another. The number
        travels in the page’s signed token: restart the server, and go on counting.
      </p>
    </header>
    <form method="post" data-live-submit class="card counter">
      <button name="live-action" value="decrement" class="round" aria-label="One less">−</button>
      <output id="count" class="big">${state.count}</output>
      <button name="live-action" value="increment" class="round" aria-label="One more">+</button>
      <button name="live-action" value="reset" class="small">Start at zero</button>
    </form>
  `,
});
