import type { ClientIdentity } from "@repo/realtime-postgres";
import type { Subscriber } from "./subscriber.js";

/** A user of a window, with the connections. */
export class Viewer {
  readonly identity: ClientIdentity;
  readonly subscribers = new Set<Subscriber>();
  /** Where a window is shared, a user who may not see its rows receives an empty result. */
  isAllowed: boolean;
  /** Opens in progress. */
  openers = 0;

  constructor(identity: ClientIdentity, isAllowed: boolean) {
    this.identity = identity;
    this.isAllowed = isAllowed;
  }
}
