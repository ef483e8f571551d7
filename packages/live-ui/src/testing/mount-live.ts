import type { RealtimeUser } from "@repo/core-realtime";
import type { Operation } from "../difference/operation.js";
import type { LivePage } from "../page/live-page.js";
import { OpenPage } from "../run/open-page.js";
import type { IPageReads } from "../run/page-reads.seam.js";
import { PageSaves } from "../run/page-saves.js";
import { PageSession } from "../session/page-session.js";
import { PageState } from "../state/page-state.js";
import { PageTokens } from "../state/page-tokens.js";
import type { IStateStore } from "../state/state-store.seam.js";

/** The visitor who mounts the page, and its URL. */
export interface MountLiveOptions {
  /** Default: an anonymous visitor. */
  readonly user?: RealtimeUser | null;
  /** The values of the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Default: the state travels in the token. */
  readonly store?: IStateStore;
  /** Records what the page reads; default: nothing does. */
  readonly reads?: IPageReads;
  /** The query string of the URL. Default: none. */
  readonly query?: Readonly<Record<string, string>>;
}

/** A page in a test, as a connection shows it. */
export interface MountedPage {
  /** What a browser would show. */
  html(): string;
  /** Runs an action; rejects where it is refused. */
  act(action: string, input?: unknown, part?: string): Promise<void>;
  /** What the last action or push has changed. */
  operations(): readonly Operation[];
  /** Loads and renders anew, as a push does. */
  refresh(): void;
  /** Resolves when actions, loads and pushes are done. */
  settled(): Promise<void>;
  /** Where the last action leads, if it does. */
  readonly navigated: string | undefined;
  /** The URL that the last action has shown in the address bar. */
  readonly replacedUrl: string | undefined;
  /** The document's title, after the newest reply. */
  readonly title: string | undefined;
  /** The newest token of the page. */
  readonly token: string;
  /** What `connected` functions and pushes have thrown. */
  readonly errors: readonly unknown[];
  /** Leaves the page. */
  unmount(): void;
}

const SECRET = "a secret of tests, longer than 32 bytes";

/**
 * Mounts a page without a server: guards, loads, actions and pushes are the real ones.
 * @example
 * const page = await mountLive(counter);
 * await page.act("increment");
 * expect(page.html()).toContain(">1<");
 * @throws RealtimeError where the page may not be opened.
 */
export async function mountLive(page: LivePage, options: MountLiveOptions = {}): Promise<MountedPage> {
  const { user = null, params = {}, store, reads, query = {} } = options;
  const ended = new AbortController();
  const viewer = { user, signal: ended.signal };
  const state = new PageState({ tokens: new PageTokens({ secrets: [SECRET] }), store });
  const open = await OpenPage.mount({ saves: new PageSaves(state, [page]), reads }, page, {
    raw: params,
    query,
    ...viewer,
  });
  if (!open) throw new TypeError(`mountLive: the params do not fit the page "${page.path.text}".`);
  const errors: unknown[] = [];
  let last: readonly Operation[] = [];
  let navigated: string | undefined;
  let replacedUrl: string | undefined;
  const session = new PageSession(open, {
    send: () => Promise.resolve(),
    end: (reason) => errors.push(reason),
    onError: (cause) => errors.push(cause),
    onChange(change) {
      last = change.operations;
      navigated = change.navigate;
      replacedUrl = change.replaceUrl;
    },
  });
  session.opening();
  let events = 0;
  return {
    html: () => open.view.html(),
    act: (action, input, part) => session.act({ action, input, part }, (events += 1), String(events)),
    operations: () => last,
    refresh: () => session.refresh(),
    settled: () => session.settled(),
    get navigated() {
      return navigated;
    },
    get replacedUrl() {
      return replacedUrl;
    },
    get title() {
      return open.view.content.title;
    },
    get token() {
      return open.token;
    },
    errors,
    unmount() {
      ended.abort();
      session.end();
    },
  };
}
