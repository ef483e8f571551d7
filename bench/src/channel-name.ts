/** Whether a channel of the bench keeps a history. */
export type ChannelKind = "history" | "noHistory";

/** The name of a channel of the bench; `%d` where each client has its own. */
export function channelName(n: number | string, kind: ChannelKind = "history"): string {
  return `${kind === "history" ? "bench" : "brief"}.${n}`;
}
