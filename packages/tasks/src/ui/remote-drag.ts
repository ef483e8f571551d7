import type { Looker } from "./looker.js";

/** A card that somebody else drags, as it was last received. */
export interface RemoteDrag {
  readonly connectionId: string;
  readonly card: string;
  readonly x: number;
  readonly y: number;
  /** When it was received. */
  readonly at: number;
}

/** By connection: one hand drags one card. */
export type RemoteDrags = ReadonlyMap<string, RemoteDrag>;

const FORGOTTEN_MS = 4_000; // over two repeats: the end got lost, or the connection

/** With a card at a new place. */
export function withDrag(drags: RemoteDrags, drag: RemoteDrag): RemoteDrags {
  return new Map(drags).set(drag.connectionId, drag);
}

/** Without the card that this connection has dropped. */
export function withoutDrag(drags: RemoteDrags, connectionId: string): RemoteDrags {
  return drags.has(connectionId) ? new Map([...drags].filter(([id]) => id !== connectionId)) : drags;
}

/** Without those of which nothing was received for a while; the same where there are none. */
export function withoutForgotten(drags: RemoteDrags, now: number): RemoteDrags {
  const left = [...drags].filter(([, { at }]) => at > now - FORGOTTEN_MS);
  return left.length === drags.size ? drags : new Map(left);
}

/** Who drags which card, of those who are on the board; a card that two drag is shown in one hand. */
export function holdersOf(drags: RemoteDrags, others: readonly Looker[]): ReadonlyMap<string, Looker> {
  return new Map(
    others.flatMap((looker) => {
      const drag = drags.get(looker.connectionId);
      return drag ? [[drag.card, looker] as const] : [];
    }),
  );
}
