import type { ActionMessage, WireReply } from "../wire.js";

/** One connection, for all pages of a tab. `realtimeConnection` makes it. */
export interface PageConnection {
  /** Joins the channel of a page. Until the opening, and after a loss, the page sends its actions by HTTP. */
  join(channel: string, page: JoinedPage): PageLink;
}

/** What a connection needs of a page. */
export interface JoinedPage {
  /** The newest token; read at each subscribe. */
  readonly token: () => string;
  /** The channel is joined; again after each reconnect. */
  readonly onOpening: (reply: WireReply) => void;
  /** A reply to an action, or a push. */
  readonly onPatch: (reply: WireReply) => void;
  /** The connection is lost, and an opening may follow; or the channel is refused, and none does. */
  readonly onLost: (isRefused: boolean) => void;
}

/** A page's channel. */
export interface PageLink {
  /** Resolves when the action has run; its patch comes before that. Rejects with `code` and `message`. */
  send(message: ActionMessage): Promise<unknown>;
  /** Ends the subscription. */
  leave(): void;
}
