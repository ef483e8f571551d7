/** The orders for a node in a process of its own. */
export type NodeOrder =
  | { readonly kind: "listen"; readonly port: number }
  /** Publishes the numbers on the news, one after the other. */
  | { readonly kind: "publish"; readonly from: number; readonly to: number }
  /** Publishes so many messages of so many bytes, and watches what that costs. */
  | { readonly kind: "flood"; readonly count: number; readonly bytes: number; readonly everyMs: number }
  /** Begins to watch the event loop; the next `report` has its delay. */
  | { readonly kind: "watch" }
  | { readonly kind: "report" };

/** A connection that ended, so many ms after the last `flood` or `watch` began. */
export interface Ending {
  readonly reason: string;
  readonly afterMs: number;
  /** Since gate 1 was passed; undefined where it never was. */
  readonly livedMs: number | undefined;
}

/** The reports of a node. */
export interface NodeReport {
  readonly port: number;
  /** The 99th percentile of how late the event loop was. */
  readonly loopP99Ms: number;
  readonly endings: readonly Ending[];
  /** What was requested and refused since the last `watch`. */
  readonly refusals: number;
  /** The most that the process held beyond what it held before, after collecting garbage. */
  readonly heldBytes: number;
}
