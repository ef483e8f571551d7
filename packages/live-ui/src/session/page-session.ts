import { RealtimeError, type RealtimeUser } from "@repo/core-realtime";
import { encodeForClient } from "../encoders/client-encoder.js";
import { KnownTemplates } from "../encoders/known-templates.js";
import type { OpenPage } from "../run/open-page.js";
import { noticesOf, type PageChange } from "../run/page-change.js";
import type { Viewer } from "../run/page-content.js";
import type { ActionCall } from "../run/run-action.js";
import { ConnectedParts, type PartUpdates } from "./connected-parts.js";
import { checkAccess } from "../run/page-access.js";

/** How a session reaches its client. */
export interface PageLink {
  /** One patch, to this connection alone. */
  readonly send: (patch: readonly unknown[]) => Promise<unknown>;
  /** Ends the subscription with a reason. */
  readonly end: (reason: RealtimeError) => void;
  readonly onError: (cause: unknown) => void;
  /** Called with each change, before it is encoded; for tests. */
  readonly onChange?: (change: PageChange) => void;
}

/** A page that a connection shows: actions and refreshes run one after the other, and what has changed is sent. */
export class PageSession implements PartUpdates {
  readonly #open: OpenPage;
  readonly #link: PageLink;
  readonly #known = new KnownTemplates();
  readonly #connected: ConnectedParts;
  #unwatch = NOTHING;
  #last = SETTLED;
  #isRefreshWaiting = false;
  #isEnded = false;

  constructor(open: OpenPage, link: PageLink) {
    this.#open = open;
    this.#link = link;
    this.#connected = new ConnectedParts(open.view.page, this, link.onError);
  }

  get viewer(): Viewer {
    return this.#open.view.viewer;
  }

  isOf(user: RealtimeUser | null): boolean {
    return JSON.stringify(this.viewer.user) === JSON.stringify(user);
  }

  /** The first content for the client: nothing where it shows that already. `shown` is the token that it has sent. */
  opening(shown = this.#open.token): unknown[] {
    const entries = this.#open.isShown ? [] : encodeForClient(this.#open.whole(), this.#known);
    const { token } = this.#open;
    this.#follow();
    return [0, ...entries, ...(token === shown ? [] : [{ k: token }])];
  }

  /** Runs an action, and sends what has changed before it resolves. Rejects where the action is refused. */
  act(call: ActionCall | undefined, ref: number, eventId: string | undefined): Promise<void> {
    return this.#next(async () => {
      await checkAccess(this.#open.view.page, this.#open.view.viewer);
      if (call) return this.#send(ref, await this.#open.act({ call, eventId }));
      await this.#open.refresh();
      await this.#send(ref, { ...UNCHANGED, operations: this.#open.whole() }); // what the client shows may be wrong, so it receives everything
    });
  }

  /** Schedules a load and render. Calls before it starts are one. */
  refresh(): void {
    if (this.#isRefreshWaiting) return;
    this.#isRefreshWaiting = true;
    this.#push(() => this.#open.refresh());
  }

  /** Prolongs the page's token, or its state in a store: a page that is only viewed expires otherwise. */
  renew(): void {
    this.#push(() => this.#open.renew());
  }

  /** Changes the state of a part, as an action does. */
  update(part: string, change: (state: object) => void): void {
    this.#push(() => this.#open.update(part, change));
  }

  /** The connection is another user's, or the user has other rights. */
  changeUser(user: RealtimeUser | null): void {
    this.#open.view.setViewer({ ...this.#open.view.viewer, user });
    this.refresh();
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    for (let last; last !== this.#last;) await (last = this.#last);
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#unwatch();
    this.#connected.end();
  }

  /** Where it fails, the subscription ends: the client would continue to show what is no longer true. */
  #push(make: () => Promise<PageChange>): void {
    if (this.#isEnded) return;
    this.#next(async () => {
      this.#isRefreshWaiting = false; // what changes from here on needs another refresh
      await checkAccess(this.#open.view.page, this.#open.view.viewer);
      await this.#send(0, await make());
    }).catch((cause: unknown) => {
      if (this.#isEnded) return;
      if (cause instanceof RealtimeError) return this.#link.end(cause);
      this.#link.onError(cause);
      this.#link.end(missed(cause));
    });
  }

  async #send(ref: number, change: PageChange): Promise<void> {
    this.#link.onChange?.(change);
    this.#follow();
    const entries = [...encodeForClient(change.operations, this.#known), ...noticesOf(change)];
    if (entries.length === 0 && ref === 0) return;
    await this.#link.send([ref, ...entries]).catch((cause: unknown) => this.#link.end(missed(cause)));
  }

  /** Follows what is shown now: what it has read, and the parts that it has. */
  #follow(): void {
    if (this.#isEnded) return;
    const { content, viewer } = this.#open.view;
    this.#unwatch();
    this.#unwatch = content.watch?.(() => this.refresh()) ?? NOTHING;
    this.#connected.follow(content, viewer);
  }

  /** One after the other; what fails does not stop the next. */
  #next(run: () => Promise<void>): Promise<void> {
    const done = this.#last.then(() => {
      if (this.#isEnded) throw new RealtimeError("NOT_SUBSCRIBED"); // the client sends it again
      return run();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** A patch was not delivered, so client and session differ: the subscription ends, and the client joins again with its token. */
function missed(cause: unknown): RealtimeError {
  return new RealtimeError("INTERNAL_ERROR", {
    detail: "a change could not be shown",
    retryAfterMs: RETRY_AFTER_MS,
    cause,
  });
}

const RETRY_AFTER_MS = 500;
const NOTHING = (): void => undefined;
const SETTLED = Promise.resolve();
const UNCHANGED = {
  operations: [],
  title: undefined,
  token: undefined,
  navigate: undefined,
  replaceUrl: undefined,
  reset: [],
};
