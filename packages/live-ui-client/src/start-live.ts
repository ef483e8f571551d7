import { createRunner, type RootedPage } from "./events/action-runner.js";
import { delegateEvents } from "./events/delegate-events.js";
import { dragAndDrop } from "./events/drag-and-drop.js";
import { noteEdits } from "./events/note-edits.js";
import { createPage, type LivePage } from "./page/live-page.js";
import type { PageConnection } from "./page/page-connection.js";
import { createWidgets, type LiveHooks } from "./page/widgets.js";
import type { LiveFailure } from "./wire.js";

const SLEEP_MS = 60_000; // a page without a connection that was hidden for longer shows old content

/** How pages are run. */
export interface LiveOptions {
  /** Loads the connection, where a page has a channel. Without one, and until it is there, actions are sent by HTTP. */
  readonly connect?: (() => Promise<PageConnection>) | undefined;
  /** Widgets of other libraries, by the names in `data-live-hook`. */
  readonly hooks?: LiveHooks | undefined;
  /** Takes what has failed; the default writes to the console. */
  readonly onError?: ((failure: LiveFailure) => void) | undefined;
  /** Delays each action by this many milliseconds, to simulate a slow network. Default 0. */
  readonly latencyMs?: number | undefined;
  /** Fails an action without a reply with TIMEOUT after this many milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
}

/** The live pages of a document. */
export interface Live {
  /** Runs an action of the page that an element is in; resolves when its result is shown, with the failure where it has failed. */
  act(element: Element, action: string, input?: unknown): Promise<LiveFailure | undefined>;
  /** Requests fresh content of every page. */
  refresh(): void;
  /** Calls back before an element becomes what the server's is; returns the undo. */
  beforeMorph(listener: (from: Element, to: Element) => void): () => void;
  /** Ends every page of the document; what is shown stays. */
  stop(): void;
}

/** Runs every `[data-live]` root of the document, those that arrive later too. */
export function startLive(options: LiveOptions = {}): Live {
  const { hooks = {}, onError = (failure) => console.error(failure), latencyMs = 0, timeoutMs = 30_000 } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const pages = new Map<HTMLElement, LivePage>();
  const morphListeners = new Set<(from: Element, to: Element) => void>();
  const widgets = createWidgets(hooks);
  let connecting: Promise<PageConnection> | undefined;
  let hiddenAt = 0;

  function pageOf(element: Element): RootedPage | undefined {
    const root = element.closest<HTMLElement>("[data-live]");
    const page = root && (pages.get(root) ?? open(root));
    return page ? { root, page } : undefined;
  }

  function open(root: HTMLElement): LivePage {
    const page = createPage(root, {
      onError,
      latencyMs,
      timeoutMs,
      beforeMorph: (from, to) => morphListeners.forEach((listener) => listener(from, to)),
      onPatched(patched) {
        widgets.update(patched);
        (window as { htmx?: { process(element: Element): void } }).htmx?.process(patched);
      },
    });
    pages.set(root, page);
    if (options.connect && root.dataset["liveChannel"]) {
      connecting ??= options.connect();
      connecting.then(
        (connection) => pages.has(root) && page.connect(connection),
        (cause: unknown) => onError({ code: "CONNECT_FAILED", message: `${cause}` }),
      );
    }
    return page;
  }

  function scan(): void {
    for (const [root, page] of pages)
      if (!root.isConnected) {
        page.stop();
        pages.delete(root);
      }
    for (const root of document.querySelectorAll<HTMLElement>("[data-live]")) if (!pages.has(root)) open(root);
    widgets.scan();
  }

  const runner = createRunner(pageOf, signal);
  const wake = () => pages.forEach((page) => page.wake());
  const observer = new MutationObserver(scan);
  observer.observe(document, { childList: true, subtree: true });
  noteEdits(signal);
  delegateEvents(runner, signal);
  dragAndDrop(runner, signal);
  addEventListener("online", () => pages.forEach((page) => page.retry()), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && wake(), { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (Date.now() - hiddenAt > SLEEP_MS) wake();
    },
    { signal },
  );
  scan();

  return {
    async act(element, name, input) {
      const found = pageOf(element);
      if (!found) throw new TypeError("No [data-live] root.");
      return found.page.act({ name, element, input, optimistic: [], fields: [] });
    },
    refresh: () => pages.forEach((page) => page.refresh()),
    beforeMorph(listener) {
      morphListeners.add(listener);
      return () => morphListeners.delete(listener);
    },
    stop() {
      controller.abort();
      observer.disconnect();
      pages.forEach((page) => page.stop());
      widgets.stop();
    },
  };
}
