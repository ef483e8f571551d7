import type { Realtime } from "@repo/core-realtime/server";
import { each, html, live } from "@repo/live-ui";
import { z } from "zod";
import { MEALS, type Meal, type Poll } from "../data/poll.js";
import { pollChanged } from "./poll-changed.channel.js";

const NAMES: Readonly<Record<Meal, string>> = { ramen: "Ramen", tacos: "Tacos", pizza: "Pizza", salad: "Salad" };

/** A poll that a channel pushes to: a message on it, from any node, makes every open page load the votes again. */
export function pollPage(poll: Poll, node: () => Pick<Realtime, "watch" | "broadcaster">) {
  return live("/poll", {
    state: z.object({ choice: z.enum(["", ...MEALS]).default("") }),
    connected: ({ refresh }) => node().watch(pollChanged, refresh),
    actions: {
      vote: {
        input: z.object({ meal: z.enum(MEALS) }),
        async run({ state, input: { meal } }) {
          if (meal === state.choice) return;
          poll.vote(meal, state.choice);
          state.choice = meal;
          await node().broadcaster.broadcast(pollChanged, null);
        },
      },
    },
    load: () => ({ total: poll.total, meals: MEALS.map((meal) => ({ meal, votes: poll.of(meal) })) }),
    title: () => "Poll",
    render: ({ state: { choice }, data: { total, meals } }) => html`
      <header class="intro">
        <h1>Poll</h1>
        <p class="quiet">
          A vote is published on a channel. Every page that is open watches it, on whichever node, and loads the votes
          again: open a second tab, and vote in one of them.
        </p>
      </header>
      <form method="post" data-live-submit="vote" class="card form" aria-labelledby="question">
        <h2 id="question">Where does the team eat on Friday?</h2>
        <ul class="meals">
          ${each(
            meals,
            ({ meal }) => meal,
            ({ meal, votes }) => html`
              <li class="meal">
                <button id="vote-${meal}" name="meal" value="${meal}" aria-pressed="${String(meal === choice)}">
                  ${NAMES[meal]}
                </button>
                <progress max="${Math.max(total, 1)}" value="${votes}" aria-label="Share of ${NAMES[meal]}"></progress>
                <b id="votes-${meal}">${votes}</b>
              </li>
            `,
          )}
        </ul>
        <p class="quiet"><span id="total">${total}</span> ${total === 1 ? "vote" : "votes"}. You may change yours.</p>
      </form>
    `,
  });
}
