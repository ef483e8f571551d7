import { applyEntries } from "../patch/apply-entries.js";
import { noteCarried } from "../patch/field-merge.js";
import { showFreshRoot } from "../patch/fresh-root.js";
import { keepFocus } from "../patch/keep-focus.js";
import type { LiveFailure, WireEntry, WireNotice, WireReply } from "../wire.js";
import { showEffects, type ShownAction } from "./action-effects.js";
import { createSender, type PendingAction } from "./action-sender.js";
import type { PageConnection } from "./page-connection.js";

const MAX_WAITING = 100; // actions

/** The dependencies of a page. */
export interface PageDeps {
  readonly timeoutMs: number;
  readonly latencyMs: number;
  readonly onError: (failure: LiveFailure) => void;
  readonly beforeMorph: (from: Element, to: Element) => void;
  /** Something has changed on the page. */
  readonly onPatched: (root: HTMLElement) => void;
}

/** An action to run. */
export interface PageAction extends ShownAction {
  /** Null requests fresh content and runs nothing. */
  readonly name: string | null;
  /** The fields whose values the input has. */
  readonly fields: readonly Element[];
}

/** One page of server-driven content. */
export interface LivePage {
  /** Runs an action; resolves when its result is shown, with the failure where it has failed. */
  act(action: PageAction): Promise<LiveFailure | undefined>;
  /** Requests fresh content. */
  refresh(): void;
  /** The document is visible again: without a connection, requests fresh content. */
  wake(): void;
  /** Whether an action of this element is under way. */
  isWaiting(element: Element): boolean;
  /** Joins the page's channel. */
  connect(connection: PageConnection): void;
  /** Sends what has waited for the network. */
  retry(): void;
  stop(): void;
}

interface ShownPending extends PendingAction {
  readonly action: PageAction;
  readonly resolve: (failure?: LiveFailure) => void;
  undo: () => void;
}

/** Makes the page of a root element. */
export function createPage(root: HTMLElement, deps: PageDeps): LivePage {
  let pending: readonly ShownPending[] = []; // in order
  let count = 0;
  let seen = 0; // the highest number with a reply
  let texts = {};

  const sender = createSender({
    ...deps,
    channel: () => root.dataset["liveChannel"],
    token: () => root.dataset["liveToken"] ?? "",
    pending: () => pending,
    receive,
    fail: ({ message }, failure) => settle(message.r, failure),
    refresh,
    onJoined: () => (texts = {}), // numbers belong to a connection
  });

  function refresh(): void {
    if (!pending.some(({ action, by }) => action.name === null && !by))
      void act({ name: null, fields: [], optimistic: [] });
  }

  function act(action: PageAction): Promise<LiveFailure | undefined> {
    return new Promise((resolve) => {
      if (pending.length >= MAX_WAITING) {
        return resolve(report({ code: "QUEUE_FULL", message: `${MAX_WAITING} actions wait.` }));
      }
      const r = ++count;
      const message = { a: action.name, p: componentOf(action.element, root), v: action.input, r, i: newId() };
      noteCarried(action.fields, r);
      pending = [...pending, { action, message, resolve, undo: showEffects(action) }];
      root.setAttribute("aria-busy", "true");
      sender.send();
    });
  }

  /** Shows a failure on the root, until an action succeeds. */
  function report(failure: LiveFailure): LiveFailure {
    root.dataset["liveError"] = failure.code;
    deps.onError(failure);
    return failure;
  }

  /** A reply that is older than one that is shown does not win: fresh content is requested instead. */
  function receive(reply: WireReply): void {
    const [ref, ...entries] = reply;
    if (ref && ref < seen) return refresh();
    seen = Math.max(seen, ref);
    settle(ref, undefined, entries);
  }

  /** Ends an action: expected results are taken back, the patch is applied, and those of actions that still wait are shown on top. */
  function settle(ref: number, failure?: LiveFailure, entries: readonly WireEntry[] = []): void {
    const done = pending.find(({ message }) => message.r === ref);
    let error = failure;
    let missing: unknown;
    let isFresh = false;
    const onNotice = (notice: WireNotice) => {
      error ??= notice.e;
      if (notice.f) {
        showFreshRoot(root, notice.f, deps);
        isFresh = true;
        if (done?.action.name) error ??= EXPIRED;
      }
      showNotice(root, notice);
    };
    if (failure) noteCarried(done?.action.fields ?? [], Infinity);
    keepFocus(() => {
      for (const { undo } of [...pending].reverse()) undo();
      pending = pending.filter((one) => one !== done);
      missing = applyEntries(entries, { root, texts, seen, onNotice, beforeMorph: deps.beforeMorph });
      for (const one of pending) one.undo = showEffects(one.action);
    });
    if (!pending.length) root.removeAttribute("aria-busy");
    if (missing && done?.action.name === null) error = { code: "PATCH_FAILED", message: `${missing}` };
    else if (missing) refresh(); // the page differs from the server's content
    if (error) report(error);
    else if (done?.action.name) delete root.dataset["liveError"];
    deps.onPatched(root);
    done?.resolve(error);
    if (isFresh) sender.rejoin();
    sender.send();
  }

  return {
    act,
    refresh,
    wake: () => sender.isOpen() || refresh(),
    isWaiting: (element) => pending.some(({ action }) => action.element === element),
    connect: sender.connect,
    retry: sender.retry,
    stop() {
      sender.stop();
      for (const { resolve } of pending) resolve({ code: "STOPPED", message: "The page is gone." });
    },
  };
}

const EXPIRED = {
  code: "PAGE_EXPIRED",
  message: "The page is new; the action did not run.",
};

function showNotice(root: HTMLElement, { k, n, u, go }: WireNotice): void {
  if (k !== undefined) root.dataset["liveToken"] = k;
  if (n !== undefined) document.title = n;
  if (u !== undefined) history.replaceState(history.state, "", u);
  if (go !== undefined && /^https?:$/.test(new URL(go, location.href).protocol)) location.assign(go);
}

/** The path of the nested component that an element is in. */
function componentOf(element: Element | undefined, root: Element): string | undefined {
  const component = element?.closest<HTMLElement>("[data-live-component]");
  return component && root.contains(component) ? component.dataset["liveComponent"] : undefined;
}

/** Random text, also where the page is not secure. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
