import type { ClientFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { TabPerson } from "./link-owner.js";

/** What tabs say to each other. `link` is the one whose words these are, or whom they are for. */
export type TabMessage =
  /** A tab leads from now on. */
  | { readonly kind: "leads" }
  /** To the leader: this link is wanted. */
  | ({ readonly kind: "open"; readonly link: string } & TabPerson)
  | { readonly kind: "say"; readonly link: string; readonly frame: ClientFrame }
  | { readonly kind: "bye"; readonly link: string }
  /** To the leader: is it there? */
  | { readonly kind: "pulse"; readonly link: string }
  /** From the leader: it is there, and knows this link. */
  | { readonly kind: "alive"; readonly link: string }
  /** From the leader: its connection is another's, or full; have one of your own. */
  | { readonly kind: "alone"; readonly link: string }
  | { readonly kind: "hear"; readonly link: string; readonly frame: ServerFrame }
  | {
      readonly kind: "over";
      readonly link: string;
      readonly code?: number | undefined;
      readonly error?: WireError | undefined;
    };

/** Where tabs talk: everybody hears everything, oneself included. */
export interface TabBus {
  readonly say: (message: TabMessage) => void;
  /** Returns the undo. */
  readonly listen: (listener: (message: TabMessage) => void) => () => void;
}
