import type { IRealtimeHistory } from "./history.seam.js";

/** The history that keeps nothing: at most once, no recovery. */
export const noHistory: IRealtimeHistory = Object.freeze<IRealtimeHistory>({
  append: (entries) => entries.map(() => ({ kind: "unkept" })),
  read: (_channel, query) => ({ complete: query.kind !== "since", messages: [] }),
  close: () => undefined,
});
