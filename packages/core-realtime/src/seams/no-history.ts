import type { IRealtimeHistory } from "./history.seam.js";

/** Keeps nothing: at most once, no recovery. */
export const noHistory: IRealtimeHistory = Object.freeze<IRealtimeHistory>({
  append: (entries) => entries.map(({ envelope }) => ({ kind: "relayed", id: envelope.id })),
  read: (_channel, query) => ({ complete: query.kind !== "since", messages: [] }),
  close: () => undefined,
});
