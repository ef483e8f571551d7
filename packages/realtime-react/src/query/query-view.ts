import {
  PENDING,
  type LiveQuery,
  type PreloadedQuery,
  type Query,
  type QuerySnapshot,
} from "@repo/realtime-client/query";

/** A query as one component sees it. */
export interface QueryView {
  readonly subscribe: (change: () => void) => () => void;
  readonly snapshot: () => QuerySnapshot;
  /** What the server rendered, and so what is rendered first. */
  readonly first: () => QuerySnapshot;
  /** The result that all views of an equal query share. */
  readonly shared: () => Watched;
}

/** What a view needs of a result. */
export type Watched = Pick<LiveQuery, "snapshot" | "watch"> & { readonly shared: Watched };

const NONE: Watched = {
  snapshot: { ...PENDING, status: "idle" },
  watch: () => () => undefined,
  get shared() {
    return NONE;
  },
};

/** Makes the view of a query. What others have of an equal one is shown at once, or else the preloaded rows. */
export function viewQuery(query: Query | undefined, preloaded: PreloadedQuery | undefined): QueryView {
  let own = query?.live(preloaded) ?? NONE;
  const { snapshot } = own;
  const current = () => (own.shared.snapshot === PENDING ? own : own.shared);
  return {
    subscribe(change) {
      const stop = own.watch(change);
      return () => {
        own = current(); // where the component comes back, it goes on from there
        stop();
      };
    },
    snapshot: () => current().snapshot,
    first: () => snapshot,
    shared: () => own.shared,
  };
}
