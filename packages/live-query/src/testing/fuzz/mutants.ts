import type { ClientIdentity, RowImage } from "@repo/realtime-postgres";
import { vi } from "vitest";
import { ChangeMatcher } from "../../engine/change-matcher.js";
import { LiveWindow } from "../../engine/live-window.js";
import { PreparedQueries } from "../../engine/prepared-queries.js";
import type { CompareRows } from "../../engine/row-order.js";
import { CatalogueWatch } from "../../policies/catalogue-watch.js";
import { RowVisibility, type KnownDecisions } from "../../policies/row-visibility.js";
import { isNamedQuery, type AnyQuery } from "../../query/query-node.js";
import { ReadIndex } from "../../reads/read-index.js";

/** Ways to break the engine, each by one method that does too little. */
export const MUTANTS: Readonly<Record<string, () => void>> = {
  "no dependency flush": () => void vi.spyOn(ChangeMatcher.prototype, "dependents").mockImplementation(function* () {}),
  "no old image": () => {
    const { take } = ChangeMatcher.prototype;
    vi.spyOn(ChangeMatcher.prototype, "take").mockImplementation(function (this: ChangeMatcher, changes) {
      return take.call(
        this,
        changes.map((change) => (change.after ? { ...change, before: undefined } : change)),
      );
    });
  },
  "no snapshot filter": () => {
    const { finishLoad } = LiveWindow.prototype;
    vi.spyOn(LiveWindow.prototype, "contains").mockReturnValue(false);
    vi.spyOn(LiveWindow.prototype, "finishLoad").mockImplementation(function (this: LiveWindow, images, snapshot) {
      const blind = Object.create(snapshot, { shows: { value: () => false } }) as typeof snapshot;
      finishLoad.call(this, images, blind);
    });
  },
  "no held steps during a load": () => {
    const { take } = LiveWindow.prototype;
    vi.spyOn(LiveWindow.prototype, "take").mockImplementation(function (this: LiveWindow, step) {
      if (!this.loading) take.call(this, step);
    });
  },
  "NULL before everything": () => {
    const { prepare } = PreparedQueries.prototype;
    vi.spyOn(PreparedQueries.prototype, "prepare").mockImplementation(async function (
      this: PreparedQueries,
      query,
      ...rest
    ) {
      const prepared = await prepare.call(this, query, ...rest);
      const { compare } = prepared.plan.shape;
      const shape = { ...prepared.plan.shape, compare: compare && nullsFirst(query, compare) };
      return { ...prepared, plan: { ...prepared.plan, shape } };
    });
  },
  "no query when rows run out": () => void vi.spyOn(LiveWindow.prototype, "isShort", "get").mockReturnValue(false),
  "a decision for all rows of a user": () => {
    const first = new WeakMap<RowVisibility, Map<ClientIdentity, boolean>>();
    const { on } = RowVisibility.prototype;
    vi.spyOn(RowVisibility.prototype, "on").mockImplementation(function (
      this: RowVisibility,
      image: RowImage,
    ): KnownDecisions {
      const known = first.get(this) ?? new Map<ClientIdentity, boolean>();
      first.set(this, known);
      return {
        get: (identity) => {
          const found = known.get(identity) ?? on.call(this, image).get(identity);
          if (found !== undefined) known.set(identity, found);
          return found;
        },
      };
    });
  },
  "a shared window for everybody": () => {
    const { allow } = LiveWindow.prototype;
    vi.spyOn(LiveWindow.prototype, "allow").mockImplementation(function (this: LiveWindow, viewer) {
      allow.call(this, viewer, true);
    });
  },
  "no decision on changed rows": () =>
    void vi.spyOn(RowVisibility.prototype, "on").mockReturnValue({ get: () => true }),
  "changed policies are not noticed": () => void vi.spyOn(CatalogueWatch.prototype, "check").mockResolvedValue(),
  "the row of an earlier key stays": () => {
    const { take } = LiveWindow.prototype;
    vi.spyOn(LiveWindow.prototype, "take").mockImplementation(function (this: LiveWindow, step) {
      take.call(this, { ...step, leaving: undefined });
    });
  },
  "no query is run again": () => void vi.spyOn(ReadIndex.prototype, "readersOf").mockReturnValue(new Set()),
};

function nullsFirst(query: AnyQuery, compare: CompareRows): CompareRows {
  const [[name] = [""]] = isNamedQuery(query) ? [] : (query.orderBy ?? []);
  const isNull = (image: RowImage) => (image[name ?? ""] ?? null) === null;
  return (a, b) => (isNull(a) !== isNull(b) ? -compare(a, b) : compare(a, b));
}
