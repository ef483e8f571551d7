import type { RowChange } from "@repo/realtime-postgres";
import type { RowVisibility, VisibilityQuestion } from "../policies/row-visibility.js";
import { stepOf, type LiveWindow } from "./live-window.js";
import type { TableState } from "./table-state.js";

/** A change that concerns a window. */
interface Match {
  readonly window: LiveWindow;
  readonly change: RowChange;
  /** The row as it is now fits the query; whether the user may see it is another question. */
  readonly fits: boolean;
  /** Whose decision counts; undefined where all rows of the window have the same, or the role reads all. */
  readonly asked: VisibilityQuestion | undefined;
  readonly visibility: RowVisibility;
}

/** What became of changes. */
interface TakenChanges {
  /** The windows that were changed. */
  readonly touched: ReadonlySet<LiveWindow>;
  /** Windows with a row whose decision was forgotten before it could be used; only their query can tell. */
  readonly undecided: ReadonlySet<LiveWindow>;
}

/** Finds the windows that changes concern, asks row-level security about the rows, and changes the windows, in the order of the changes. */
export class ChangeMatcher {
  readonly #tables: ReadonlyMap<string, TableState>;

  constructor(tables: ReadonlyMap<string, TableState>) {
    this.#tables = tables;
  }

  async take(changes: readonly RowChange[]): Promise<TakenChanges> {
    const matches = this.#match(changes);
    await decideAll(matches);
    const touched = new Set<LiveWindow>();
    const undecided = new Set<LiveWindow>();
    for (const { window, change, fits, asked, visibility } of matches) {
      if (window.contains(change)) continue; // it was loaded meanwhile
      const isVisible = !asked || visibility.on(asked.image).get(asked.identity);
      if (fits && isVisible === undefined) undecided.add(window);
      const step = stepOf(window, change, fits && isVisible === true);
      if (!step) continue;
      window.take(step);
      touched.add(window);
    }
    return { touched, undecided };
  }

  /** The windows whose policies read the changed row. What was decided is forgotten. */
  *dependents(change: RowChange): Iterable<LiveWindow> {
    for (const state of this.#tables.values()) {
      const affected = [...state.visibilities()].filter((visibility) => isAffected(visibility, change));
      for (const visibility of affected) visibility.forget();
      if (affected.length > 0)
        for (const window of state.windows.all())
          if (window.visibility && affected.includes(window.visibility)) yield window;
    }
  }

  #match(changes: readonly RowChange[]): readonly Match[] {
    const matches: Match[] = [];
    for (const change of changes) {
      const state = this.#tables.get(change.table);
      if (!state || change.kind === "unknown") continue;
      for (const window of state.windows.candidates(change)) {
        const { visibility, loading } = window;
        if (!visibility || (!loading && (window.isDirty || !window.isLoaded)) || window.contains(change)) continue;
        const { predicate } = window.plan.incremental ?? NEVER;
        const fits = change.after !== undefined && predicate(change.after) === true;
        if (!fits && !(change.before && predicate(change.before) === true)) continue;
        matches.push({ window, change, fits, visibility, asked: askedOf(window, change, fits) });
      }
    }
    return matches;
  }
}

const NEVER = { predicate: () => false };

function askedOf({ plan, identity }: LiveWindow, { after }: RowChange, fits: boolean): VisibilityQuestion | undefined {
  return fits && after && plan.sharing !== "pinned" ? { identity, image: after } : undefined;
}

async function decideAll(matches: readonly Match[]): Promise<void> {
  const open = new Map<RowVisibility, VisibilityQuestion[]>();
  for (const { asked, visibility } of matches) {
    if (!asked || visibility.on(asked.image).get(asked.identity) !== undefined) continue;
    const known = open.get(visibility);
    if (known) known.push(asked);
    else open.set(visibility, [asked]);
  }
  for (const [visibility, questions] of open) await visibility.decide(questions);
}

function isAffected({ policies }: RowVisibility, { table, kind, before, after }: RowChange): boolean {
  return policies.dependencies.some((dependency) => {
    if (dependency.table !== table) return false;
    const { columns } = dependency;
    if (kind !== "update" || !columns || !before || !after) return true;
    return columns.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  });
}
