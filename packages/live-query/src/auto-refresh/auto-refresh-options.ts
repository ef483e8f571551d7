import type { ChangeFeed, SqlClient } from "@repo/realtime-postgres";

/** Where reads and changes are seen, and how pages are followed. */
export interface AutoRefreshOptions {
  /** Must see the same tables under the same names as the tracked drivers do. */
  readonly client: Pick<SqlClient, "query" | "transaction">;
  /** Of the same database. The app starts and closes it. */
  readonly feed: Pick<ChangeFeed, "follow" | "passed" | "snapshot" | "start">;
  /** At least 32 characters, the same on every node; a list while one replaces another, the new one first. */
  readonly secret: string | readonly string[];
  /** How long a page may be away before it is rendered again in any case; default one hour. */
  readonly expiresInMs?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
  /** What a page reads and the feed cannot follow, once each; default `console.warn`. */
  readonly onWarning?: (sentence: string) => void;
  /** A page could not be notified; by default its stack is written to the console. */
  readonly onError?: (cause: unknown) => void;
}

/** The user of the page; null: an anonymous visitor. */
export type PageUser = { readonly userId: string } | null;

/** How one page is rendered for its viewers. */
export interface PageOptions<Args, User extends PageUser> {
  /**
   * Viewers for whom this returns the same text are shown the same render, made once. Called for each of them, so it must refuse, by an
   * error, a viewer who may not see the page: the render does not run for each of them. Leave out where the page differs for each user.
   */
  readonly share?: (args: Args, user: User) => string;
}

/** What a page shows, and the token by which a browser follows it. */
export interface RenderedPage<Output> {
  /** What `render` has returned. */
  readonly output: Output;
  /** Names the page, its arguments and its user; signed, and valid for `expiresInMs`. */
  readonly token: string;
}

/** A page that refreshes. */
export interface RefreshingPage<Args, Output, User extends PageUser> {
  /** The same on every node. */
  readonly name: string;
  /** Renders for this user, now: for the first paint, and for each refresh, as the user of that request. */
  render(args: Args, user: User): Promise<RenderedPage<Output>>;
}
