import type { CommitLog, TracedQuery } from "./commit-log.js";
import type { ShownState } from "./fuzz-client.js";

/** What was found out about the states that one client has shown. */
export interface StatesCheck {
  readonly exact: number;
  /** States in which the decision on a row is newer than the rows beside it. */
  readonly mixed: number;
  readonly wrong: readonly string[];
}

export interface StatesToCheck {
  readonly log: CommitLog;
  readonly traced: TracedQuery;
  /** Every row that the user could see, whole; per commit. */
  readonly visible: TracedQuery;
  readonly states: readonly ShownState[];
  readonly from: number;
}

const DEPENDENCIES = ["members", "rooms", "blocked"];

/**
 * The invariant of intermediate states. Let R(n) be what the query gives its user after commit n. The states that a client shows one after the
 * other are R(n1), R(n2), … with n1 ≤ n2 ≤ …, where n1 is no older than what the feed had passed on when the client subscribed, and none
 * is newer than the last commit that had begun when the state was shown.
 * One exception: where a table that the policies read was changed in that time, a state may hold rows and decisions of different commits;
 * then every single row of it is, as it is shown, one that the user could see after some commit of that time.
 */
export function checkStates({ log, traced, visible, states, from }: StatesToCheck): StatesCheck {
  let [place, exact, mixed] = [from, 0, 0];
  const wrong: string[] = [];
  for (const { text, until } of states) {
    const last = Math.min(until, log.commits.length - 1);
    const results = log.commits.slice(place, last + 1).map((commit) => commit.results.get(traced));
    const found = results.indexOf(text);
    if (found >= 0) {
      exact += 1;
      place += found;
      continue;
    }
    const between = log.commits.slice(place, last + 1);
    const touched = between.some(({ tables }) => DEPENDENCIES.some((name) => tables.has(name)));
    if (
      touched &&
      rowsAreVisible(
        text,
        between.map((commit) => commit.results.get(visible) ?? "[]"),
      )
    )
      mixed += 1;
    else
      wrong.push(
        `(place ${log.commits.findIndex(({ results: all }) => all.get(traced) === text)}) shown ${text}\n  after ${place}..${last} of ${log.commits.length}: ${[...new Set(results)].join("\n    ")}`,
      );
  }
  return { exact, mixed, wrong };
}

type Row = Readonly<Record<string, unknown>>;

function rowsAreVisible(text: string, visible: readonly string[]): boolean {
  const known = visible.flatMap((each) => JSON.parse(each) as readonly Row[]);
  return (JSON.parse(text) as readonly Row[]).every(
    (row) =>
      "count" in row ||
      known.some((whole) =>
        Object.entries(row).every(([name, value]) => JSON.stringify(whole[name]) === JSON.stringify(value)),
      ),
  );
}
