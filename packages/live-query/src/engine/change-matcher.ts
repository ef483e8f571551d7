import type { ClientIdentity, RowChange, RowImage } from "@repo/realtime-postgres";
import type { KnownDecisions, RowVisibility, VisibilityQuestion } from "../policies/row-visibility.js";
import { stepOf, type LiveWindow } from "./live-window.js";
import type { TableState } from "./table-state.js";

/** A change that concerns a window. */
interface Match {
  readonly window: LiveWindow;
  readonly change: RowChange;
  /** The row as it is now fits the query; whether the user may see it is decided elsewhere. */
  readonly fits: boolean;
  /** Undefined where all rows of the window have the same decision, or none is needed. */
  readonly decisions: RowDecisions | undefined;
}

/** The outcome of changes. */
interface TakenChanges {
  /** The windows that were changed. */
  readonly touched: ReadonlySet<LiveWindow>;
  /** Windows with a row whose decision was forgotten before it could be used; only their query can decide. */
  readonly undecided: ReadonlySet<LiveWindow>;
}

/** Finds the windows that changes concern, lets row-level security decide about the rows, and changes the windows, in the order of the changes. */
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
    for (const { window, change, fits, decisions } of matches) {
      if (window.contains(change)) continue; // it was loaded meanwhile
      const isVisible = !decisions || decisions.of(window.identity);
      if (isVisible === undefined) undecided.add(window);
      const isIn = fits && isVisible === true;
      const step = isIn || window.holds(change) ? stepOf(window, change, isIn) : undefined;
      if (!step) continue;
      window.take(step);
      touched.add(window);
    }
    return { touched, undecided };
  }

  /** The windows whose policies read the changed row. What was decided is forgotten. */
  *dependents(change: RowChange): Iterable<LiveWindow> {
    for (const state of this.#tables.values()) {
      for (const visibility of state.visibilities()) {
        if (!isAffected(visibility, change)) continue;
        visibility.forget();
        for (const window of state.windows.all()) if (window.visibility === visibility) yield window;
      }
    }
  }

  #match(changes: readonly RowChange[]): readonly Match[] {
    const matches: Match[] = [];
    for (const change of changes) {
      const state = this.#tables.get(change.table);
      if (!state || change.kind === "unknown") continue;
      const { before, after } = change;
      let decisions: RowDecisions | undefined; // most windows of a table have the same policies
      for (const window of state.windows.candidates(change)) {
        const { visibility, loading, plan } = window;
        if (!visibility || (!loading && (window.isDirty || !window.isLoaded)) || window.contains(change)) continue;
        const { predicate } = plan.incremental ?? NEVER;
        const fits = after !== undefined && predicate(after) === true;
        if (!fits && !(before && predicate(before) === true)) continue;
        if (!fits || plan.sharing === "pinned") {
          matches.push({ window, change, fits, decisions: undefined });
          continue;
        }
        if (decisions?.visibility !== visibility) decisions = new RowDecisions(visibility, after);
        matches.push({ window, change, fits, decisions });
      }
    }
    return matches;
  }
}

const NEVER = { predicate: () => false };

/** The decisions on one row, for all users whose windows it fits. */
class RowDecisions {
  readonly visibility: RowVisibility;
  readonly image: RowImage;
  #known: KnownDecisions;

  constructor(visibility: RowVisibility, image: RowImage) {
    this.visibility = visibility;
    this.image = image;
    this.#known = visibility.on(image);
  }

  of(identity: ClientIdentity): boolean | undefined {
    return this.#known.get(identity);
  }

  /** There may be more of them. */
  read(): void {
    this.#known = this.visibility.on(this.image);
  }
}

async function decideAll(matches: readonly Match[]): Promise<void> {
  const open = new Map<RowVisibility, VisibilityQuestion[]>();
  const incomplete = new Set<RowDecisions>();
  for (const { decisions, window } of matches) {
    const { identity } = window;
    if (!decisions || decisions.of(identity) !== undefined) continue;
    incomplete.add(decisions);
    const known = open.get(decisions.visibility);
    const question = { identity, image: decisions.image };
    if (known) known.push(question);
    else open.set(decisions.visibility, [question]);
  }
  if (incomplete.size === 0) return;
  for (const [visibility, questions] of open) await visibility.decide(questions);
  for (const decisions of incomplete) decisions.read();
}

function isAffected({ policies }: RowVisibility, { table, kind, before, after }: RowChange): boolean {
  return policies.dependencies.some((dependency) => {
    if (dependency.table !== table) return false;
    const { columns } = dependency;
    if (kind !== "update" || !columns || !before || !after) return true;
    return columns.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  });
}
