import {
  RealtimeError,
  type Clock,
  type IRealtimeGuard,
  type IRealtimeHandlerRegistry,
  type OpeningRequest,
  type RealtimeHandshake,
  type RealtimeMessage,
  type SubscribeRequest,
} from "@repo/core-realtime";
import type { LivePage } from "../page/live-page.js";
import { OpenPage, type OpenPageDeps } from "../run/open-page.js";
import { checkAccess } from "../run/page-access.js";
import { UNKNOWN_VISITOR, type Visitor } from "../run/visitor.js";
import { pageChannel, type PageChannel } from "./page-channel.js";
import { PageSession } from "./page-session.js";

/** What sessions work with. */
export interface PageSessionsDeps extends OpenPageDeps {
  readonly onError: (cause: unknown) => void;
  readonly clock: Pick<Clock, "after">;
  /** How often pages are prolonged. */
  readonly renewMs: number;
  /** The identity that a connection's handshake shows. */
  readonly visitorOf: (handshake: RealtimeHandshake) => Visitor;
}

const UNGUARDED =
  "The guard of the live pages is missing, so a page would go on with the rights of an earlier user. Pass it to createRealtime({ guards: [pages.guard] }).";

/** The pages that this node's connections show. */
export class PageSessions {
  readonly #deps: PageSessionsDeps;
  /** By connection and channel. */
  readonly #sessions = new Map<string, PageSession>();
  readonly #byPage = new Map<LivePage, Set<PageSession>>();
  readonly #pages = new Map<string, LivePage>();
  /** By connection: an opening does not receive the handshake. */
  readonly #visitors = new Map<string, Visitor>();
  #isGuarded = false;
  readonly #timers = new Set<() => void>();

  constructor(deps: PageSessionsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Registers the channel of each page. */
  bind(pages: readonly LivePage[], registry: Pick<IRealtimeHandlerRegistry, "register">): () => void {
    const undos = pages.map((page) => {
      const channel = pageChannel(page);
      this.#pages.set(channel.name, page);
      return registry.register(channel, {
        opening: (request) => this.#open(page, request),
        handler: (message) => this.#act(message),
      });
    });
    const stopRenewing = this.#renewPeriodically();
    return () => {
      stopRenewing();
      undos.forEach((undo) => undo());
    };
  }

  #renewPeriodically(): () => void {
    let cancel = (): void => undefined;
    const renewLater = () => {
      cancel = this.#deps.clock.after(this.#deps.renewMs, () => {
        for (const session of this.#sessions.values()) session.renew();
        renewLater();
      });
    };
    renewLater();
    const stop = () => {
      cancel();
      this.#timers.delete(stop);
    };
    this.#timers.add(stop);
    return stop;
  }

  /** Runs at the subscribe gate again when the user or the roles of a connection change: the session continues with them, or is refused. */
  readonly guard: IRealtimeGuard = {
    name: "live-pages",
    forget: (connectionId) => void this.#visitors.delete(connectionId),
    subscribe: async ({ connectionId, address, user, handshake }: SubscribeRequest) => {
      this.#isGuarded = true;
      const page = this.#pages.get(address.channel.name);
      if (page && !this.#visitors.has(connectionId)) this.#visitors.set(connectionId, this.#deps.visitorOf(handshake));
      const session = this.#sessions.get(keyOf(connectionId, address.name));
      if (!page || !session || session.isOf(user)) return;
      const before = session.viewer.user;
      if (before?.userId !== user?.userId || before?.sessionId !== user?.sessionId) throw new RealtimeError("REVOKED"); // the state is the earlier user's; the page is loaded anew
      await checkAccess(page, { ...session.viewer, user });
      session.changeUser(user);
    },
  };

  /** Every open page of this description loads and renders again. */
  refresh(page: LivePage): void {
    for (const session of this.#byPage.get(page) ?? []) session.refresh();
  }

  endAll(): void {
    for (const stop of this.#timers) stop();
    for (const session of this.#sessions.values()) session.end();
  }

  async #open(page: LivePage, request: OpeningRequest<PageChannel>): Promise<{ v: readonly unknown[] }> {
    if (!this.#isGuarded) throw new TypeError(UNGUARDED);
    const { ask, user, params, connectionId, address, signal, send, end } = request; // the request itself is not kept
    const open = await OpenPage.restore(this.#deps, page, {
      token: ask.token,
      user,
      signal,
      visitor: this.#visitors.get(connectionId) ?? UNKNOWN_VISITOR,
    });
    if (!open || open.instance !== params.instance) return { v: [0, { f: null }] }; // old or foreign: the client loads the page anew
    if (signal.aborted) throw new RealtimeError("UNSUBSCRIBED"); // it has left while the page was loaded
    const session = new PageSession(open, {
      send,
      end,
      onError: this.#deps.onError,
    });
    this.#add(page, session, { key: keyOf(connectionId, address.name), signal });
    return { v: session.opening(ask.token) };
  }

  async #act({ payload, address, connectionId }: RealtimeMessage<PageChannel>): Promise<undefined> {
    const session = this.#sessions.get(keyOf(connectionId, address.name));
    if (!session) throw new RealtimeError("NOT_SUBSCRIBED");
    const { a, p, v, r, i } = payload;
    await session.act(a === null ? undefined : { action: a, part: p, input: v }, r, i);
    return undefined;
  }

  #add(page: LivePage, session: PageSession, { key, signal }: { key: string; signal: AbortSignal }): void {
    this.#sessions.get(key)?.end(); // a subscribe anew: what it had is replaced
    this.#sessions.set(key, session);
    const sessions = this.#byPage.get(page) ?? new Set();
    this.#byPage.set(page, sessions.add(session));
    signal.addEventListener(
      "abort",
      () => {
        session.end();
        sessions.delete(session);
        if (this.#sessions.get(key) === session) this.#sessions.delete(key);
      },
      { once: true },
    );
  }
}

function keyOf(connectionId: string, channel: string): string {
  return `${connectionId} ${channel}`;
}
