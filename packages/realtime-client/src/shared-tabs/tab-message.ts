import type { ClientFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { TabPerson } from "./link-owner.js";

/** The messages between tabs. `link` is the sender or the receiver. */
export type TabMessage =
  /** A tab leads from now on. */
  | { readonly kind: "leads" }
  /** To the leader: open this link. */
  | ({ readonly kind: "open"; readonly link: string } & TabPerson)
  | { readonly kind: "send"; readonly link: string; readonly frame: ClientFrame }
  | { readonly kind: "close"; readonly link: string }
  /** To the leader: is it alive? */
  | { readonly kind: "pulse"; readonly link: string }
  /** From the leader: it is alive, and has this link. */
  | { readonly kind: "alive"; readonly link: string }
  /** From the leader: its connection belongs to another identity, or is full; the tab opens its own. */
  | { readonly kind: "alone"; readonly link: string }
  | { readonly kind: "receive"; readonly link: string; readonly frame: ServerFrame }
  | {
      readonly kind: "over";
      readonly link: string;
      readonly code?: number | undefined;
      readonly error?: WireError | undefined;
    };

/** The bus between tabs: every tab receives every message, its own included. */
export interface TabBus {
  readonly send: (message: TabMessage) => void;
  /** Returns the undo. */
  readonly listen: (listener: (message: TabMessage) => void) => () => void;
}
