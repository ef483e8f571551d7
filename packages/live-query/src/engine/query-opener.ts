import type { RealtimeUser } from "@repo/core-realtime";
import type { ClientIdentity } from "@repo/realtime-postgres";
import { QueryRefusal } from "../query/query-refusal.js";
import type { AnyQuery } from "../query/query-node.js";
import { IdentityTable } from "./identity-table.js";
import { LiveWindow } from "./live-window.js";
import type { LiveQueryEngine } from "./live-query-engine.js";
import type { KeyedRow } from "./patch.js";
import type { PreparedQueries } from "./prepared-queries.js";
import type { LiveQueryEvent, Subscriber } from "./subscriber.js";
import { windowKey } from "./window-plan.js";
import type { Viewer } from "./viewer.js";

/** An open query: what it gives now; changes go to its subscriber. */
export interface OpenQuery {
  /** When it was opened; what changes afterwards is sent. */
  readonly rows: readonly KeyedRow[];
  /** What its subscriber shows by now. */
  readonly shown: readonly KeyedRow[];
  readonly key: readonly string[];
  readonly isTruncated: boolean;
  readonly isStale: boolean;
  /** Sends to its subscriber before anything that changes from now on, and after `before`. */
  sendFirst(events: readonly LiveQueryEvent[], before: Promise<void>): void;
  /** Resolves when everything that was sent until now is queued. */
  sent(): Promise<void>;
  /** Resolves when it shows what the feed has brought. */
  settled(): Promise<void>;
  close(): void;
}

export interface OpenRequest {
  readonly query: AnyQuery;
  readonly user: RealtimeUser | null;
  readonly subscriber: Subscriber;
  readonly signal: AbortSignal;
  /** False: the query is not to be opened any more. */
  readonly isWanted: () => boolean;
  /** Called in the turn from which on the subscriber is sent what changes. */
  readonly onOpen: (open: OpenQuery) => void;
}

export interface QueryOpenerOptions {
  readonly engine: LiveQueryEngine;
  readonly queries: PreparedQueries;
  readonly identityOf: (user: RealtimeUser | null) => ClientIdentity | undefined;
  readonly onError: (cause: unknown) => void;
}

/** Opens queries for users: equal queries of users with equal rights share one window. */
export class QueryOpener {
  readonly #options: QueryOpenerOptions;
  readonly #identities = new IdentityTable();

  constructor(options: QueryOpenerOptions) {
    this.#options = options;
  }

  /** Rejects with a `QueryRefusal` or a `SqlError`. */
  async open({ query, user, subscriber, signal, isWanted, onOpen }: OpenRequest): Promise<void> {
    const { engine, queries, onError } = this.#options;
    const identity = this.#identity(user);
    const { text, plan, visibility } = await queries.prepare(query, user, identity);
    const own =
      plan.sharing === "same for all"
        ? this.#identities.intern({ role: identity.role, subject: "", claims: "{}" })
        : identity;
    const key = windowKey(text, plan, own);
    const make = () => new LiveWindow({ key, identity: own, visibility }, plan, onError);
    const window = engine.window(key, make);
    const viewer = window.viewerOf(own);
    viewer.openers += 1;
    try {
      await unlessAborted(signal, engine.ready(window, viewer));
      if (!isWanted()) return;
      window.flush(); // to the others: this one begins with it
      viewer.subscribers.add(subscriber);
      const close = () => {
        viewer.subscribers.delete(subscriber);
        engine.release(window, viewer);
      };
      const settled = () => engine.settled(window);
      onOpen(opened({ window, viewer, subscriber, settled, close }));
    } finally {
      viewer.openers -= 1;
      engine.release(window, viewer);
    }
  }

  #identity(user: RealtimeUser | null): ClientIdentity {
    const identity = this.#options.identityOf(user);
    if (!identity) throw new QueryRefusal("The user's id cannot be stored in Postgres.");
    return this.#identities.intern(identity);
  }
}

/** Rejects as soon as the signal is aborted: a query that no caller waits for must not stay in the queue of the database. */
async function unlessAborted(signal: AbortSignal, done: Promise<void>): Promise<void> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => (abort = resolve));
  signal.addEventListener("abort", abort, { once: true });
  await Promise.race([done, signal.aborted ? undefined : aborted]).finally(() =>
    signal.removeEventListener("abort", abort),
  );
  signal.throwIfAborted();
}

interface OpenedWindow {
  readonly window: LiveWindow;
  readonly viewer: Viewer;
  readonly subscriber: Subscriber;
  readonly settled: () => Promise<void>;
  readonly close: () => void;
}

function opened({ window, viewer, subscriber, settled, close }: OpenedWindow): OpenQuery {
  const { plan } = window;
  const shown = () => (viewer.isAllowed ? [...window.visible] : []);
  return {
    rows: shown(),
    get shown() {
      window.flush();
      return shown();
    },
    sendFirst: (events, before) => window.sender.sendAfter(before, subscriber, events),
    sent: () => window.sender.sent(),
    key: plan.key,
    get isTruncated() {
      return viewer.isAllowed && window.isTruncated;
    },
    get isStale() {
      return window.isStale;
    },
    settled,
    close,
  };
}
