import { each, html, live, type TemplateResult } from "@repo/live-ui";
import { z } from "zod";
import type { Annotations } from "../data/annotations.js";
import { timeOf, type Ledger, type LedgerEntry } from "../data/ledger.js";
import type { Proposals } from "../data/proposals.js";
import type { Pulse } from "../data/pulse.js";
import { COLUMN_TITLES, COLUMNS, type TriageBoard } from "../data/triage-board.js";

const MAX_SHOWN = 20;
const CHART_HEIGHT = 60;

/** What the dashboard shows. */
export interface DashboardSources {
  readonly annotations: Annotations;
  readonly board: TriageBoard;
  readonly proposals: Proposals;
  readonly ledger: Ledger;
  readonly pulse: Pulse;
  /** How many pages are open over a connection. */
  readonly openPages: () => number;
}

/** Counts and a ledger that are pushed while a page is open. */
export function dashboardPage(sources: DashboardSources) {
  const { annotations, board, proposals, ledger, pulse, openPages } = sources;
  return live("/dashboard", {
    state: z.object({ beats: z.int().default(0) }),
    actions: { refresh: { run: () => undefined } },
    connected: ({ update }) => pulse.watch(() => update((state) => void (state.beats += 1))),
    load: () => ({
      tiles: [
        { id: "open-pages", name: "Open pages", value: openPages() },
        { id: "watchers", name: "Open dashboards", value: pulse.watchers },
        { id: "annotations", name: "Annotations", value: annotations.count },
        { id: "proposals", name: "Proposals", value: proposals.count },
        ...COLUMNS.map((column) => ({
          id: `cards-${column}`,
          name: `Cards: ${COLUMN_TITLES[column]}`,
          value: board.in(column).length,
        })),
      ],
      samples: pulse.samples,
      entries: ledger.entries.slice(0, MAX_SHOWN),
      count: ledger.count,
    }),
    title: () => "Dashboard",
    render: ({ state, data: { tiles, samples, entries, count } }) => html`
      <header class="intro">
        <h1>Dashboard</h1>
        <p class="quiet">
          A timer runs on the server while this page is open over a connection, and stops with the last one. What
          happens in the other examples arrives here.
        </p>
      </header>
      <ul class="tiles">
        ${each(
          tiles,
          ({ id }) => id,
          ({ id, name, value }) =>
            html`<li class="card tile"><span class="quiet">${name}</span> <b id="${id}">${value}</b></li>`,
        )}
      </ul>
      <div class="columns">
        <section class="card" aria-labelledby="memory-title">
          <h2 id="memory-title">Memory of the server</h2>
          ${chart(samples)}
          <p class="quiet">
            <span id="memory">${samples.length === 0 ? "Not measured yet" : `${samples.at(-1)} MB`}</span>, with
            <span id="beats">${state.beats}</span> pushes to this tab.
          </p>
          <form method="post" data-live-submit="refresh"><button class="small">Refresh now</button></form>
        </section>
        <section class="card" aria-labelledby="ledger-title">
          <h2 id="ledger-title">Ledger <span class="tag" id="ledger-count">${count}</span></h2>
          ${entries.length === 0 ? html`<p class="empty">Nothing has happened since the server started.</p>` : ""}
          <ol id="ledger" class="thread">
            ${each(entries, ({ number }) => number, ledgerEntry)}
          </ol>
        </section>
      </div>
    `,
  });
}

function ledgerEntry({ at, kind, text }: LedgerEntry): TemplateResult {
  return html`<li>
    <p><span class="tag">${kind}</span> <time class="quiet" datetime="${at.toISOString()}">${timeOf(at)}</time></p>
    <p>${text}</p>
  </li>`;
}

function chart(samples: readonly number[]): TemplateResult {
  const max = Math.max(1, ...samples);
  const bars = samples.map((sample, at) => ({ at, height: Math.max(1, Math.round((sample / max) * CHART_HEIGHT)) }));
  return html`<svg
    class="chart"
    viewBox="0 0 300 ${CHART_HEIGHT}"
    role="img"
    aria-label="The last ${samples.length} measurements"
  >
    ${each(
      bars,
      ({ at }) => at,
      ({ at, height }) =>
        html`<rect x="${at * 10 + 1}" y="${CHART_HEIGHT - height}" width="8" height="${height}" rx="1"></rect>`,
    )}
  </svg>`;
}
