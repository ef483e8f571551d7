import type { ActionMessage, WireReply } from "../wire.js";
import type { PageConnection, PageLink } from "./page-connection.js";

const GRACE_MS = 3_000; // a connection that is lost is mostly back by then, and repeats what it has taken
const JOIN_MS = 2_000; // actions wait for a join no longer
const MAX_REFUSALS = 3; // in a row; then the page stays with HTTP

/** The dependencies of a join. */
export interface JoinDeps {
  readonly channel: () => string | undefined;
  readonly token: () => string;
  /** Whether an action is under way by HTTP: its reply brings another token. */
  readonly isBusy: () => boolean;
  /** The channel is joined: what an earlier connection has sent is unknown to this one. */
  readonly onOpen: (reply: WireReply) => void;
  readonly onPatch: (reply: WireReply) => void;
  /** What the connection has taken is to be sent by HTTP. */
  readonly onGone: () => void;
  /** The token is refused: a new page is to be requested by HTTP. */
  readonly onRefused: () => void;
  /** Whether the join is open, or held, has changed. */
  readonly onChange: () => void;
}

/** A page's place on a connection: joined with its newest token, again after each loss. */
export interface PageJoin {
  /** Whether actions go over the connection. */
  isOpen(): boolean;
  /** Whether actions wait, because a join is under way whose token must stay the newest. */
  isHeld(): boolean;
  post(message: ActionMessage): Promise<unknown> | undefined;
  connect(connection: PageConnection): void;
  /** The page was opened anew, and has another channel. */
  rejoin(): void;
  /** The action that was under way by HTTP has its reply. */
  resume(): void;
  stop(): void;
}

/** Makes the place of a page that is on no connection. */
export function createJoin(deps: JoinDeps): PageJoin {
  let connection: PageConnection | undefined;
  let link: PageLink | undefined;
  let isOpen = false;
  let isHeld = false;
  let refusals = 0;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;

  function join(): void {
    let joinedWith: string | undefined; // the oldest: a connection may read the token again while the opening of an earlier subscribe is on its way
    const isCurrent = (): boolean => link === joined;
    const joined: PageLink | undefined = connection?.join(deps.channel() ?? "", {
      token() {
        joinedWith ??= deps.token();
        return deps.token();
      },
      onOpening(reply) {
        if (!isCurrent()) return;
        clearTimeout(graceTimer);
        if (deps.isBusy() || joinedWith !== deps.token()) return hold(); // an action by HTTP has changed the state since
        joinedWith = undefined;
        if (reply.some((entry) => typeof entry === "object" && "f" in entry)) return lost(true);
        refusals = 0;
        isHeld = false;
        isOpen = true;
        deps.onOpen(reply);
        deps.onChange();
      },
      onPatch: (reply) => isCurrent() && isOpen && deps.onPatch(reply),
      onLost: (isRefused) => isCurrent() && lost(isRefused),
    });
    link = joined;
  }

  function lost(isRefused: boolean): void {
    isOpen = isHeld = false;
    clearTimeout(graceTimer);
    if (!isRefused) graceTimer = setTimeout(deps.onGone, GRACE_MS);
    else {
      leave();
      deps.onGone();
      if (++refusals <= MAX_REFUSALS) deps.onRefused();
    }
    deps.onChange();
  }

  /** Joins while no action is sent by HTTP, so that the channel begins with the newest token. */
  function hold(): void {
    isHeld = true;
    setTimeout(() => {
      isHeld = false;
      deps.onChange();
    }, JOIN_MS);
    leave();
    if (!deps.isBusy()) join();
  }

  function rejoin(): void {
    isOpen = false;
    leave();
    if (!connection || !deps.channel()) return;
    if (deps.isBusy()) hold();
    else join();
  }

  function leave(): void {
    link?.leave();
    link = undefined;
  }

  return {
    isOpen: () => isOpen,
    isHeld: () => isHeld,
    post: (message) => link?.send(message),
    connect(made) {
      connection = made;
      rejoin();
    },
    rejoin,
    resume: () => isHeld && !link && join(),
    stop() {
      clearTimeout(graceTimer);
      leave();
    },
  };
}
