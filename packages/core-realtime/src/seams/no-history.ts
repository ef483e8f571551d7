import type { IRealtimeHistory } from "./history.seam.js";

/** Remembers nothing: at most once, no recovery. */
export const noHistory: IRealtimeHistory = Object.freeze<IRealtimeHistory>({
  append: ({ envelope }) => ({ id: envelope.id, repeated: false }),
  read: (_channel, query) => ({ complete: query.kind !== "since", messages: [] }),
  close: () => undefined,
});
