import { consoleReport } from "@repo/core-realtime/server";
import { createHash, randomBytes } from "node:crypto";
import type { IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { currentSnapshot, recordReads, type RecordedReads } from "../reads/record-reads.js";
import type { AutoRefreshOptions, PageOptions, PageUser, RefreshingPage } from "./auto-refresh-options.js";
import { bindAutoRefresh } from "./bind-auto-refresh.js";
import { ReadWarnings } from "./read-warnings.js";
import { RecentChanges } from "./recent-changes.js";
import { RefreshTokens } from "./refresh-token.js";
import { SharedRenders } from "./shared-renders.js";
import { ViewerTable } from "./viewer-table.js";

const HOUR_MS = 3_600_000;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Pages that refresh when a row that they have read changes. */
export interface AutoRefresh {
  /**
   * Wraps what renders a page; the name is the same on every node. What the page reads must be read while `render` runs, through tracked
   * drivers, and `render` must refuse users who may not see it: it runs for each refresh, as the user of that request.
   * @example
   * const hub = autoRefresh("hub", async ({ hubId }: { hubId: string }, user) => {
   *   const widgets = await db.selectFrom("widgets").selectAll().where("hub_id", "=", hubId).execute();
   *   return <HubDashboard widgets={widgets} />;
   * });
   */
  readonly autoRefresh: <Args, Output, User extends PageUser = PageUser>(
    name: string,
    render: (args: Args, user: User) => Promise<Output> | Output,
    options?: PageOptions<Args, User>,
  ) => RefreshingPage<Args, Output, User>;
  /**
   * Runs a load and records what it reads through tracked drivers: for server-driven pages, `createLivePages({ reads: autoRefresh })`.
   * `watch` calls back once when something of it changes, also where that was before the call.
   */
  record<T>(load: () => Promise<T>): Promise<{
    readonly result: T;
    readonly watch: (onChange: () => void) => () => void;
  }>;
  /** Registers the channel by which pages are notified. Returns the undo. */
  bind(registry: Pick<IRealtimeHandlerRegistry, "register">): () => void;
  /** Follows the feed, which it starts. Before it, every page that is opened is rendered once more. */
  start(): Promise<void>;
  /** How many pages are open on this node, and how many of them wait for a change. */
  readonly census: { readonly viewers: number; readonly waiting: number };
  /** Ends the feed's subscription; pages are notified of nothing more. */
  close(): void;
}

/** Makes the pages of one node that refresh. */
export function createAutoRefresh(options: AutoRefreshOptions): AutoRefresh {
  const {
    client,
    feed,
    secret,
    expiresInMs = HOUR_MS,
    now = Date.now,
    onWarning = console.warn,
    onError = consoleReport("auto refresh"),
  } = options;
  const tokens = new RefreshTokens(secret);
  const recent = new RecentChanges();
  const viewers = new ViewerTable(recent);
  const warnings = new ReadWarnings(client, onWarning);
  let watches = 0;
  let unfollow: () => void = () => undefined;

  async function isCurrent({ reads, snapshot }: RecordedReads<unknown>, visible: typeof snapshot): Promise<boolean> {
    if (snapshot.toString() === visible.toString()) return true;
    if (recent.mayHaveTouched(reads, snapshot)) return false; // also before start(), when no changes have been received
    await feed.passed(visible.xmax - 1n); // has ended: a snapshot begins behind the last transaction that has
    for (const xid of feed.snapshot.running) if (visible.shows(xid)) await feed.passed(xid); // ended since the feed has looked
    return feed.snapshot.covers(visible) && !recent.mayHaveTouched(reads, snapshot);
  }

  return {
    autoRefresh<Args, Output, User extends PageUser>(
      name: string,
      render: (args: Args, user: User) => Promise<Output> | Output,
      { share }: PageOptions<Args, User> = {},
    ): RefreshingPage<Args, Output, User> {
      if (!NAME.test(name))
        throw new TypeError(`autoRefresh("${name}"): a name has letters, digits, "-" and "_", at most 64.`);
      const shared = new SharedRenders<Output>({ snapshot: () => currentSnapshot(client), isCurrent });
      return {
        name,
        async render(args, user) {
          const make = (): Promise<RecordedReads<Output>> => recordReads(client, () => render(args, user));
          const argsDigest = digestOf(args);
          const key = share?.(args, user);
          const recorded = await (key === undefined ? make() : shared.render(JSON.stringify([argsDigest, key]), make));
          await warnings.check(name, recorded);
          const { reads, snapshot, result: output } = recorded;
          const claims = {
            name,
            argsDigest,
            userId: user?.userId ?? null,
            reads,
            snapshot,
            expiresAt: now() + expiresInMs,
          };
          return { output, token: tokens.sign({ ...claims, view: randomBytes(6).toString("base64url") }) };
        },
      };
    },
    async record(load) {
      const recorded = await recordReads(client, load);
      await warnings.check("a live page", recorded);
      const watch = (onChange: () => void) => {
        const key = `load ${(watches += 1)}`; // no connection's id has a space
        if (viewers.follow(key, recorded, onChange)) queueMicrotask(onChange);
        return () => viewers.remove(key);
      };
      return { result: recorded.result, watch };
    },
    bind: (registry) => bindAutoRefresh(registry, { tokens, viewers, now, onError }),
    async start() {
      await feed.start();
      unfollow();
      unfollow = feed.follow(viewers);
      recent.begin(await currentSnapshot(client)); // after it follows: a change that this does not show comes by the feed
    },
    get census() {
      return viewers.census;
    },
    close: () => unfollow(),
  };
}

function digestOf(args: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(args) ?? "")
    .digest("base64url")
    .slice(0, 16);
}
