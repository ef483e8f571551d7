import type { Realtime } from "@repo/core-realtime/server";
import type { LivePage, LivePages } from "@repo/live-ui";
import { Annotations } from "../data/annotations.js";
import { Ledger } from "../data/ledger.js";
import { Members } from "../data/members.js";
import { Poll } from "../data/poll.js";
import { Proposals } from "../data/proposals.js";
import { Pulse } from "../data/pulse.js";
import { TriageBoard } from "../data/triage-board.js";
import { annotationsPage } from "./annotations.page.js";
import { boardPage } from "./board.page.js";
import { counterPage } from "./counter.page.js";
import { dashboardPage } from "./dashboard.page.js";
import { governancePage } from "./governance.page.js";
import { indexPage } from "./index.page.js";
import { pollChanged } from "./poll-changed.channel.js";
import { pollPage } from "./poll.page.js";
import { searchPage } from "./search.page.js";
import { signUpPage } from "./sign-up.page.js";

const PULSE_MS = 2_000;
const MEGABYTE = 1_048_576;

/** The examples, and what connects them with each other. */
export interface AllPages {
  readonly pages: readonly LivePage[];
  /** Sends what changes to the pages that show it. Returns the undo. */
  bind(pages: LivePages, realtime: Realtime): () => void;
}

/** Makes the examples, with data of their own. `node` returns the realtime node, which is made after them. */
export function allPages(node: () => Realtime): AllPages {
  let openPages = () => 0;
  const ledger = new Ledger();
  const annotations = new Annotations(ledger);
  const board = new TriageBoard(ledger);
  const proposals = new Proposals(ledger);
  const pulse = new Pulse({
    intervalMs: PULSE_MS,
    measure: () => Math.round(process.memoryUsage().heapUsed / MEGABYTE),
  });
  const thread = annotationsPage(annotations);
  const triage = boardPage(board);
  const dashboard = dashboardPage({ annotations, board, proposals, ledger, pulse, openPages: () => openPages() });
  return {
    pages: [
      indexPage,
      counterPage,
      searchPage,
      signUpPage(new Members(ledger)),
      thread,
      triage,
      pollPage(new Poll({ ramen: 3, tacos: 5, pizza: 2, salad: 1 }), node),
      governancePage(proposals),
      dashboard,
    ],
    bind(pages, realtime) {
      openPages = () => pages.openPages;
      const undos = [
        realtime.registry.registerChannel(pollChanged),
        annotations.watch(() => pages.refresh(thread)),
        board.watch(() => pages.refresh(triage)),
        ledger.watch(() => pages.refresh(dashboard)),
      ];
      return () => undos.forEach((undo) => undo());
    },
  };
}
