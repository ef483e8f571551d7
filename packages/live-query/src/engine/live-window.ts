import type { ClientIdentity, RowChange, RowImage, Snapshot } from "@repo/realtime-postgres";
import type { RowVisibility } from "../policies/row-visibility.js";
import type { Operation } from "../query/operation.js";
import { patchBetween, type KeyedRow } from "./patch.js";
import type { Subscriber } from "./subscriber.js";
import { Viewer } from "./viewer.js";
import type { WindowPlan } from "./window-plan.js";
import { WindowRows } from "./window-rows.js";
import { WindowSender } from "./window-sender.js";

/** What a change means for a window. */
export interface RowStep {
  readonly xid: bigint;
  /** The row that leaves, where its key is no longer that of `image`. */
  readonly leaving: string | undefined;
  readonly key: string;
  /** Undefined: the row does not belong to the result. */
  readonly image: RowImage | undefined;
}

/** Which window it is. */
export interface WindowDescription {
  readonly key: string;
  readonly identity: ClientIdentity;
  readonly visibility: RowVisibility | undefined;
}

/** The result of one query as some users see it, kept up to date. */
export class LiveWindow {
  readonly key: string;
  readonly plan: WindowPlan;
  /** The user as whom the query runs; in a shared window any user who may see it. */
  readonly identity: ClientIdentity;
  /** The policies that decide over changed rows; undefined where the query is no query on one table. */
  readonly visibility: RowVisibility | undefined;
  readonly viewers = new Map<ClientIdentity, Viewer>();
  readonly sender: WindowSender;
  /** While the query runs. */
  loading: Promise<void> | undefined;
  isLoaded = false;
  /** A shared window that had no user who may see it: it has no rows, whatever the result is. */
  isVacant = false;
  /** The query is to be run again. */
  isDirty = false;
  isStale = false;
  failures = 0;
  readonly #rows: WindowRows;
  /** What the result was read in; undefined when the feed has passed it. */
  #snapshot: Snapshot | undefined;
  #held: RowStep[] = [];
  #patch: Operation[] = [];
  #wasTruncated = false;

  constructor({ key, identity, visibility }: WindowDescription, plan: WindowPlan, onError: (cause: unknown) => void) {
    this.key = key;
    this.identity = identity;
    this.visibility = visibility;
    this.plan = plan;
    this.#rows = new WindowRows(plan.shape);
    this.sender = new WindowSender(onError);
  }

  get visible(): readonly KeyedRow[] {
    return this.#rows.visible;
  }

  get isTruncated(): boolean {
    return this.plan.isBounded && this.#rows.isTruncated;
  }

  /** Rows have left that only the query can replace. */
  get isShort(): boolean {
    return this.#rows.isShort;
  }

  /** So many rows have left that clients would see fewer than there are. */
  get isIncomplete(): boolean {
    return this.#rows.isIncomplete && this.loading !== undefined;
  }

  viewerOf(identity: ClientIdentity): Viewer {
    const known = this.viewers.get(identity);
    if (known) return known;
    const viewer = new Viewer(identity, this.plan.sharing !== "pinned");
    this.viewers.set(identity, viewer);
    return viewer;
  }

  /** The user as whom the query may be run. */
  allowed(): readonly Viewer[] {
    return [...this.viewers.values()].filter(({ isAllowed }) => isAllowed);
  }

  /** Does the result contain the change already? */
  contains({ xid }: Pick<RowChange, "xid">): boolean {
    return this.#snapshot?.shows(xid) === true;
  }

  /** The feed has come this far; true when it is beyond what the result was read in. */
  pass(snapshot: Snapshot): boolean {
    if (this.#snapshot && snapshot.xmin >= this.#snapshot.xmax) this.#snapshot = undefined;
    return !this.#snapshot;
  }

  /** Is the row among those that are kept, or may it come to be while the query runs? */
  holds({ before, after }: RowChange): boolean {
    if (this.loading) return true;
    if (this.#rows.size === 0) return false;
    const { keyOf } = this.plan.shape;
    return (
      (before !== undefined && this.#rows.has(keyOf(before))) || (after !== undefined && this.#rows.has(keyOf(after)))
    );
  }

  take(step: RowStep): void {
    if (this.loading) this.#held.push(step);
    else this.#apply(step);
  }

  /** The query begins to run: what changes from now on is applied to its result. */
  beginLoad(): void {
    this.isDirty = false;
    this.#held = [];
  }

  /** The query has run: what its snapshot does not show is applied, and the difference is sent. */
  finishLoad(images: readonly RowImage[], snapshot: Snapshot): void {
    const before = this.visible;
    const unsent = this.#patch; // leads to `before`
    this.#patch = [];
    this.#rows.load(images);
    this.#snapshot = snapshot;
    const held = this.#held;
    this.#held = [];
    for (const step of held) if (!snapshot.shows(step.xid)) this.#apply(step);
    this.#patch = [...unsent, ...patchBetween(before, this.visible)];
    this.isLoaded = true;
    this.isVacant = false;
    this.failures = 0;
    this.flush();
    this.setStale(false);
  }

  /** No user may see it any more. */
  empty(): void {
    this.#rows.clear();
    this.#patch = [];
    this.isVacant = true;
    this.isLoaded = true;
  }

  /** Sends what has changed since the last time. */
  flush(): void {
    const patch = this.#patch;
    this.#patch = [];
    if (patch.length > 0) this.sender.sendPatch(this.#subscribers(), patch);
    const { isTruncated } = this;
    if (isTruncated !== this.#wasTruncated) this.sender.send(this.#subscribers(), ["truncated", { isTruncated }]);
    this.#wasTruncated = isTruncated;
  }

  setStale(isStale: boolean): void {
    if (isStale === this.isStale) return;
    this.isStale = isStale;
    this.sender.send(this.#subscribers(), ["stale", { isStale }]);
  }

  /** A user of a shared window has gained or lost the right to see it. */
  allow(viewer: Viewer, isAllowed: boolean): void {
    if (viewer.isAllowed === isAllowed) return;
    if (isAllowed) this.flush(); // what is still to be sent leads to the rows that this user receives whole
    viewer.isAllowed = isAllowed;
    const isEmpty = this.visible.length === 0 && this.#patch.length === 0;
    if (!isEmpty)
      this.sender.sendPatch([...viewer.subscribers], isAllowed ? patchBetween([], this.visible) : [["clear"]]);
    if (this.isTruncated) this.sender.send([...viewer.subscribers], ["truncated", { isTruncated: isAllowed }]);
  }

  #apply({ leaving, key, image }: RowStep): void {
    if (leaving !== undefined) this.#patch.push(...this.#rows.take(leaving, undefined));
    this.#patch.push(...this.#rows.take(key, image));
  }

  #subscribers(): readonly Subscriber[] {
    const found: Subscriber[] = [];
    for (const { isAllowed, subscribers } of this.viewers.values()) if (isAllowed) found.push(...subscribers);
    return found;
  }
}

/** A change of a row as a step of a window; `isIn`: the row as it is now belongs to the result. */
export function stepOf({ plan }: LiveWindow, { xid, before, after }: RowChange, isIn: boolean): RowStep | undefined {
  const { keyOf } = plan.shape;
  const [old, now] = [before && keyOf(before), after && keyOf(after)];
  const key = now ?? old;
  if (key === undefined) return undefined;
  return { xid, leaving: old === key ? undefined : old, key, image: isIn ? after : undefined };
}
