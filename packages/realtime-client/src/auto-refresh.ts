import type { ChannelListener } from "./channel/channel-listener.js";
import type { RealtimeRefusal } from "./realtime-refusal.js";
import { reportCause } from "./report-error.js";

const PAUSE_MS = 100; // between two refreshes, while rows change all the time
const RETRY_MS = 1_000; // and twice as long after each further failure
const MAX_RETRY_MS = 30_000;

/** What is needed of a client. */
export interface RefreshingClient {
  /** Opens a channel of the client. */
  readonly channel: {
    raw(name: string, options: { readonly ask: string }): RefreshChannel;
  };
}

interface RefreshChannel {
  subscribe(listener: ChannelListener): () => void;
  publish(event: "rendered", payload: { readonly token: string }): Promise<unknown>;
}

/**
 * Follows a page that a server rendered with `autoRefresh`: calls `refresh` when a row that the page has read changes, one call at a
 * time. `refresh` has the page rendered again, shows it, and resolves with the token of that render; where it rejects, what is shown
 * stays, and it is called again later. Returns the undo.
 * @example
 * followAutoRefresh(client, token, async () => {
 *   const page = await (await fetch("/hub/7/part")).json();
 *   element.innerHTML = page.output;
 *   return page.token;
 * });
 */
export function followAutoRefresh(client: RefreshingClient, token: string, refresh: () => Promise<string>): () => void {
  let shown = token; // of the last render
  let leave: () => void;
  let report: () => void;
  let timer: ReturnType<typeof setTimeout> | undefined; // of the pause after a refresh
  let isRunning = false;
  let isPending = false;
  let isStopped = false;
  let failures = 0;

  function request(): void {
    isPending = true;
    if (!isRunning && !isStopped) void run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    isPending = false;
    let pauseMs = PAUSE_MS;
    try {
      shown = await refresh();
      if (!isStopped) report();
    } catch (cause) {
      reportCause(cause);
      isPending = true;
      pauseMs = nextRetryMs();
    }
    if (!isStopped) pause(pauseMs);
  }

  function pause(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isRunning = false;
      if (isPending) request();
    }, ms);
  }

  /** Joins the channel of this token; the page keeps it when it is rendered again. */
  function open(first: string): void {
    const [name, view] = first.split(".");
    const handle = client.channel.raw(`auto-refresh.${name}.${view}`, { ask: first });
    report = () => {
      const reported = shown;
      const isNewest = () => reported === shown && !isStopped;
      handle.publish("rendered", { token: reported }).then(
        (standing) => {
          failures = 0;
          if (isNewest() && isChanged(standing)) request();
        },
        (error: RealtimeRefusal) => {
          if (!isNewest()) return;
          if (error.retry === "later") setTimeout(() => isNewest() && report(), error.retryAfterMs ?? RETRY_MS);
          else onRefused(error);
        },
      );
    };
    leave = handle.subscribe({
      message: request,
      opening(standing) {
        failures = 0;
        if (shown !== first)
          report(); // rendered again since: the server has read an old token
        else if (isChanged(standing)) request();
      },
      change({ status, error }) {
        if (status === "refused" && !isStopped) onRefused(error);
      },
    });
  }

  function onRefused(error: RealtimeRefusal | undefined): void {
    if (error?.reason === "TOKEN_REFUSED") reopen();
    else reportCause(error);
  }

  /** The server refuses this token, but may accept another one: with the next render the page joins anew. */
  function reopen(): void {
    leave();
    report = () => open(shown);
    isRunning = isPending = true;
    pause(nextRetryMs());
  }

  function nextRetryMs(): number {
    failures += 1;
    return Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
  }

  open(token);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    leave();
  };
}

function isChanged(standing: unknown): boolean {
  return (standing as { readonly isChanged: boolean }).isChanged; // the wire
}
