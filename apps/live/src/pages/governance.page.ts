import { html, live, type TemplateResult } from "@repo/live-ui";
import { z } from "zod";
import { AREAS, GROUPS, MAJORITIES, type Proposals } from "../data/proposals.js";
import { proposalStep, STEPS, type GovernanceState } from "./governance-steps.js";

const MAJORITY_IDS = Object.keys(MAJORITIES) as [keyof typeof MAJORITIES];
const MAX_TEXT = 1_000;

/** What a step demands before the next one is shown. */
const DEMANDS = [
  z.object({ title: z.string().trim().min(5, "A title has at least 5 letters.").max(100, "At most 100 letters.") }),
  z.object({ reason: z.string().trim().min(20, "Give a reason of at least 20 letters.") }),
  z.object({ groups: z.array(z.enum(GROUPS)).min(1, "Somebody has to vote: choose a group.") }),
  z.object({}),
];
const whole = z.intersection(z.intersection(DEMANDS[0] ?? z.never(), DEMANDS[1] ?? z.never()), DEMANDS[2] ?? z.never());

/** The fields of all steps; a step sends its own. */
const given = z.object({
  title: z.string().max(MAX_TEXT).optional(),
  area: z.enum(AREAS).optional(),
  reason: z.string().max(MAX_TEXT).optional(),
  groups: z.array(z.enum(GROUPS)).optional(),
  majority: z.enum(MAJORITY_IDS).optional(),
});

/** A proposal in several steps: what was entered is kept in both directions, and the last button submits once. */
export function governancePage(proposals: Proposals) {
  return live("/governance", {
    state: z.object({
      step: z.int().min(0).max(STEPS.length).default(0),
      title: z.string().default(""),
      area: z.enum(AREAS).default("product"),
      reason: z.string().default(""),
      groups: z.array(z.enum(GROUPS)).default([]),
      majority: z.enum(MAJORITY_IDS).default("half"),
      issue: z.string().default(""),
      /** Of the proposal, once it is submitted. */
      number: z.int().default(0),
    }),
    actions: {
      next: {
        input: given,
        run: ({ state, input }) => {
          keep(state, input);
          const result = DEMANDS[state.step]?.safeParse(state);
          state.issue = result?.error?.issues[0]?.message ?? "";
          if (result?.success) state.step = Math.min(state.step + 1, STEPS.length - 1);
        },
      },
      back: {
        input: given,
        run: ({ state, input }) => {
          keep(state, input);
          Object.assign(state, { issue: "", step: Math.max(state.step - 1, 0) });
        },
      },
      submit: {
        once: true,
        run: ({ state }) => {
          if (state.step !== STEPS.length - 1 || !whole.safeParse(state).success) return;
          Object.assign(state, { number: proposals.submit(state), step: STEPS.length });
        },
      },
      again: {
        run: ({ state }) => {
          Object.assign(state, { step: 0, title: "", reason: "", groups: [], issue: "", number: 0 });
        },
      },
    },
    title: ({ state }) => `Proposal: ${STEPS[state.step] ?? "submitted"}`,
    render: ({ state }) => html`
      <header class="intro">
        <h1>Proposal</h1>
        <p class="quiet">
          Four steps on one page. What you have entered is kept in both directions, also when the server restarts in
          between; the last button submits once, however often it is pressed.
        </p>
      </header>
      ${state.number === 0 ? form(state) : submitted(state)}
    `,
  });
}

/** A step sends its own fields alone. Of checkboxes none is sent where none is checked. */
function keep(state: GovernanceState, input: z.infer<typeof given>): void {
  if (state.step === 2) state.groups = input.groups ?? [];
  for (const [name, value] of Object.entries(input)) if (value !== undefined) Object.assign(state, { [name]: value });
}

function form(state: GovernanceState): TemplateResult {
  const isLast = state.step === STEPS.length - 1;
  return html`<form id="proposal" method="post" data-live-submit="next" data-live-disable class="card form">
    <p class="quiet" id="step" role="status">Step ${state.step + 1} of ${STEPS.length}: ${STEPS[state.step] ?? ""}</p>
    <progress max="${STEPS.length}" value="${state.step + 1}" aria-labelledby="step"></progress>
    ${proposalStep(state)}
    <p id="proposal-issue" class="issue" aria-live="polite">${state.issue}</p>
    <div class="buttons">
      ${
        isLast
          ? html`<button name="live-action" value="submit" class="primary">Submit</button>`
          : html`<button name="live-action" value="next" class="primary">Next</button>`
      }
      ${state.step === 0 ? "" : html`<button name="live-action" value="back" formnovalidate>Back</button>`}
    </div>
  </form>`;
}

function submitted({ number, title }: GovernanceState): TemplateResult {
  return html`<section class="card prose" role="status">
    <h2>Proposal ${number} is submitted</h2>
    <p>“${title}” is an entry of the ledger now; the <a href="/dashboard">dashboard</a> shows it.</p>
    <form method="post" data-live-submit="again"><button>Write another one</button></form>
  </section>`;
}
