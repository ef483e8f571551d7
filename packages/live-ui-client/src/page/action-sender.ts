import type { ActionMessage, LiveFailure, WireReply } from "../wire.js";
import type { PageConnection } from "./page-connection.js";
import { createJoin } from "./page-join.js";
import { pause, timeout } from "./pause.js";
import { postAction } from "./post-action.js";

const MAX_RETRY_MS = 30_000;

/** An action that has no reply yet. */
export interface PendingAction {
  readonly message: ActionMessage;
  /** How it is being sent. */
  by?: "http" | "link" | undefined;
  /** The message that a connection has taken. */
  sent?: ActionMessage | undefined;
}

/** The dependencies of a sender. */
export interface SenderDeps {
  readonly channel: () => string | undefined;
  readonly timeoutMs: number;
  readonly latencyMs: number;
  readonly token: () => string;
  /** Actions without a reply, in order. */
  readonly pending: () => readonly PendingAction[];
  readonly receive: (reply: WireReply) => void;
  readonly fail: (action: PendingAction, failure: LiveFailure) => void;
  readonly refresh: () => void;
  /** A new connection: what an earlier one has sent is unknown to it. */
  readonly onJoined: () => void;
}

/** Sends a page's actions in order: by HTTP one at a time, each with the token of the reply before it, or over a connection. */
export interface ActionSender {
  /** Whether a connection is there, which keeps the page new by itself. */
  isOpen(): boolean;
  /** Sends what can be sent. */
  send(): void;
  connect(connection: PageConnection): void;
  /** The page is another instance now, with another channel. */
  rejoin(): void;
  /** The network is back. */
  retry(): void;
  stop(): void;
}

/** Makes the sender of a page. */
export function createSender(deps: SenderDeps): ActionSender {
  let request: AbortController | undefined; // under way by HTTP
  let failures = 0;
  let retryTimer: Timer;
  let isStopped = false;
  const join = createJoin({
    ...deps,
    isBusy: () => request !== undefined,
    onOpen(reply) {
      deps.onJoined();
      deps.receive(reply);
    },
    onPatch: deps.receive,
    onGone: withdraw,
    onRefused: deps.refresh,
    onChange: send,
  });

  function send(): void {
    if (isStopped) return;
    const pending = deps.pending();
    if (join.isOpen()) {
      for (const action of pending) if (!action.by) void sendByLink(action);
    } else if (!join.isHeld() && !retryTimer && pending[0] && !pending.some(({ by }) => by))
      void sendByHttp(pending[0]);
  }

  async function sendByHttp(action: PendingAction): Promise<void> {
    const current = (request = new AbortController());
    action.by = "http";
    const timer = setTimeout(() => current.abort(timeout(deps.timeoutMs)), deps.timeoutMs);
    let settle: () => void;
    try {
      await pause(deps.latencyMs);
      const reply = await postAction(action.message, deps.token(), current.signal);
      failures = 0;
      settle = () => deps.receive(reply);
    } catch (cause) {
      settle = () => failed(action, cause);
    }
    clearTimeout(timer);
    if (isStopped) return;
    request = undefined;
    action.by = undefined;
    settle();
    join.resume(); // it has waited for this reply
    send();
  }

  async function sendByLink(action: PendingAction): Promise<void> {
    const sent = (action.sent = { ...action.message });
    action.by = "link";
    const isUnderWay = () => action.sent === sent && deps.pending().includes(action);
    const timer = setTimeout(() => isUnderWay() && failed(action, timeout(deps.timeoutMs)), deps.timeoutMs);
    try {
      await pause(deps.latencyMs);
      const reply = await join.post(sent);
      if (isUnderWay()) deps.receive(Array.isArray(reply) ? (reply as unknown as WireReply) : [sent.r]); // the wire
    } catch (cause) {
      if (isUnderWay()) failed(action, cause);
    }
    clearTimeout(timer);
  }

  function failed(action: PendingAction, cause: unknown): void {
    const { code, message } = cause as Partial<LiveFailure>;
    const isHttp = !action.sent;
    action.by = action.sent = undefined;
    if (typeof code === "string" && code !== "TRANSPORT_LOST" && code !== "NOT_SUBSCRIBED") {
      deps.fail(action, { code, message: `${message}` });
      if (code === "TIMEOUT") deps.refresh(); // it may have run
    } else if (isHttp) retryTimer = setTimeout(retry, Math.min(MAX_RETRY_MS, 500 * 2 ** failures++));
    send();
  }

  function retry(): void {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    send();
  }

  /** Sends by HTTP what a lost connection has taken, under the same identifiers; if it still repeats them, nothing runs. */
  function withdraw(): void {
    for (const action of deps.pending()) {
      if (!action.sent) continue;
      action.sent.a = null;
      action.by = action.sent = undefined;
    }
    send();
  }

  return {
    ...join,
    send,
    retry,
    stop() {
      isStopped = true;
      request?.abort();
      join.stop();
      clearTimeout(retryTimer);
    },
  };
}

type Timer = ReturnType<typeof setTimeout> | undefined;
