/** What a network does to a connection; `forMs` is how long it lasts. */
export type Fault =
  /** Both ends are reset. */
  | { readonly kind: "cut" }
  /** The server's bytes are lost while the client's still arrive; then both ends are reset. */
  | { readonly kind: "fade"; readonly forMs: number }
  /** Both directions are swallowed and neither end is closed, for good. */
  | { readonly kind: "half-open" }
  /** Bytes arrive late, in order. */
  | { readonly kind: "delay"; readonly ms: number; readonly forMs: number }
  /** Bytes arrive in pieces of 1 to `largest`. */
  | { readonly kind: "split"; readonly largest: number; readonly forMs: number }
  /** The client's end takes nothing, so that what the server sends piles up. */
  | { readonly kind: "stall"; readonly forMs: number }
  /** Every connection there is turns half-open, and new ones wait until it is over. */
  | { readonly kind: "blackout"; readonly forMs: number };

export type FaultKind = Fault["kind"];

/** When a fault strikes, and which connection: `aim`, from 0 up to 1, points into the connections that then live. */
export interface ScheduledFault {
  readonly atMs: number;
  readonly aim: number;
  readonly fault: Fault;
}
