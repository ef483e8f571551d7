import type {
  Clock,
  IRealtimeAuthenticator,
  IRealtimeGuard,
  IRealtimeHandlerRegistry,
  RealtimeHandshake,
} from "@repo/core-realtime";
import {
  consoleReport,
  RequestRate,
  systemClock,
  type AllowedOrigins,
  type FetchEndpoint,
  type RequestRateOptions,
} from "@repo/core-realtime/server";
import { defaultLayout, type PageLayout } from "./http/document.js";
import { PageDocuments } from "./http/page-documents.js";
import { createPageEndpoint } from "./http/page-endpoint.js";
import { VisitorCookie } from "./http/visitor-cookie.js";
import { onceIn, type LivePage } from "./page/live-page.js";
import { PageTable } from "./page/page-table.js";
import type { IPageReads } from "./run/page-reads.seam.js";
import { PageSaves } from "./run/page-saves.js";
import { PageSessions } from "./session/page-sessions.js";
import { PageState, type PageStateOptions } from "./state/page-state.js";
import { PageTokens, type PageTokensOptions } from "./state/page-tokens.js";

/** What an app decides about its pages. */
export interface LivePagesOptions extends Omit<PageTokensOptions, "clock">, Omit<PageStateOptions, "tokens"> {
  /** The time; default: that of the system. */
  readonly clock?: Clock;
  /** Every page of the app; no two may match the same URL. */
  readonly pages: readonly LivePage[];
  /** As in `createRealtime`. */
  readonly authenticator: IRealtimeAuthenticator;
  /** Pages of which origins may send actions; default: those of the same origin. */
  readonly origins?: AllowedOrigins;
  /** The document around each page; default: a plain one. */
  readonly layout?: PageLayout;
  /** Binds pages of anonymous visitors to a cookie. Default true; false where connections go to another host, which receives no cookie. */
  readonly visitorCookie?: boolean;
  /** How many requests a user may send; default: 20 a second, and 40 at once. */
  readonly rate?: RequestRateOptions["rate"];
  /** Networks of your proxies, as in `createRealtime`: their addresses are not limited. */
  readonly proxies?: RequestRateOptions["proxies"];
  /** Modules of the browser's side, by their URLs; none: pages work by forms alone. */
  readonly scripts?: readonly string[];
  /** Renders open pages again when what they have read changes: `createAutoRefresh` of live queries. */
  readonly reads?: IPageReads;
  /** Failures of the app's functions. Default: the console. */
  readonly onError?: (cause: unknown) => void;
}

/** The pages of an app. */
export interface LivePages {
  /** Serves the pages: `serveNode(pages.fetch)`, a Next route handler, Hono, Bun, Deno. */
  readonly fetch: FetchEndpoint;
  /** Whether a URL's path is a page's. */
  isPage(pathname: string): boolean;
  /** Belongs into `createRealtime({ guards })`. */
  readonly guard: IRealtimeGuard;
  /** Registers the channels of the pages. Returns the undo. */
  bind(registry: Pick<IRealtimeHandlerRegistry, "register">): () => void;
  /** Every connection of this node that shows the page receives what has changed. */
  refresh(page: LivePage): void;
  /** How many pages this node's connections show. */
  readonly openPages: number;
  /** Ends every open page of this process. */
  close(): void;
}

/**
 * Serves server-driven pages over HTTP and over every transport.
 * @example
 * const pages = createLivePages({ pages: [counter], secrets: [process.env["PAGE_SECRET"] ?? ""], authenticator });
 * const realtime = createRealtime({ authenticator, guards: [pages.guard] });
 * pages.bind(realtime.registry);
 * createServer(serveNode(pages.fetch)).listen(3000);
 */
export function createLivePages(options: LivePagesOptions): LivePages {
  const {
    authenticator,
    origins = "same-origin",
    layout = defaultLayout,
    scripts = [],
    onError = consoleReport("live pages"),
  } = options;
  const pages = new PageTable(options.pages);
  for (const page of pages.all()) checkStores(page, options);
  const { clock = systemClock } = options;
  const tokens = new PageTokens({ ...options, clock });
  const saves = new PageSaves(new PageState({ ...options, clock, tokens }), options.pages);
  const documents = new PageDocuments({ layout, scripts });
  const rate = new RequestRate({ ...options, clock });
  const cookie = options.visitorCookie === false ? undefined : new VisitorCookie(options.secrets);
  const visitorOf = (handshake: RealtimeHandshake) => ({
    id: cookie?.idOf(handshake),
    address: rate.addressOf(handshake),
  });
  const deps = { saves, reads: options.reads, onError, visitorOf };
  const sessions = new PageSessions({ ...deps, clock, renewMs: tokens.ttlMs / 4 });
  return {
    fetch: createPageEndpoint({ ...deps, pages, documents, authenticator, origins, rate, cookie }),
    isPage: (pathname) => pages.match(pathname) !== undefined,
    guard: sessions.guard,
    bind: (registry) => sessions.bind(pages.all(), registry),
    refresh: (page) => sessions.refresh(page),
    get openPages() {
      return sessions.size;
    },
    close: () => sessions.endAll(),
  };
}

/** Throws a TypeError where a page needs a store, or claims, that the app has not passed. */
function checkStores({ path, description }: LivePage, { store, claims }: LivePagesOptions): void {
  const { serverOnly = [], components = [] } = description;
  if (serverOnly.length > 0 && !store)
    throw new TypeError(
      `The page "${path.text}" keeps ${serverOnly.join(", ")} on the server: pass createLivePages({ store }), such as new InMemoryStateStore().`,
    );
  const once = [onceIn(description.actions), ...components.map((component) => component.once)].find(Boolean);
  if (once !== undefined && !store && !claims)
    throw new TypeError(
      `The action "${once}" of the page "${path.text}" runs once: pass createLivePages({ store }), or { claims }.`,
    );
}
