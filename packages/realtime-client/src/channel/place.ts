import type { RealtimePosition } from "@repo/core-realtime";

/**
 * Where a message belongs, by its position: `take` it, `drop` what one has, or detect that something is missing:
 * before it (`hole`), or everything since the history began anew (`epoch`).
 */
export function place(known: RealtimePosition | undefined, at: RealtimePosition | undefined): Placement {
  if (!known || !at) return "take";
  if (known.epoch !== at.epoch) return "epoch";
  if (at.offset <= known.offset) return "drop";
  return at.offset === known.offset + 1 ? "take" : "hole";
}

export type Placement = "take" | "drop" | "hole" | "epoch";
