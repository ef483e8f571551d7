import { once } from "node:events";
import type { Server } from "node:http";
import { consoleReport } from "../log/console-report.js";
import { watchUnfinishedRequests } from "./unfinished-requests.js";

/** One thing to close. */
export type CloseStep = () => Promise<void> | void;

/** How long a stop may take. */
export interface CloseOnSignalOptions {
  /** In ms, for responses in progress when everything else has ended; default 5 000. */
  readonly lastResponsesMs?: number;
  /** In ms, from the signal on; then the process ends with 1. Default 25 000: most platforms kill the process after 30 s. */
  readonly patienceMs?: number;
  /** Receives what a step throws, and a stop that takes too long; the next step is taken all the same. Default: the console. */
  readonly onError?: (cause: unknown) => void;
}

/**
 * Ends the process on SIGTERM or SIGINT: takes the steps in order while HTTP is still served (a polling client needs it to receive its close
 * frame), then closes the HTTP server and exits 0. A second signal changes nothing: a package manager and a terminal both send one.
 * Call it before the server listens.
 * @example closeOnSignal(httpServer, [() => health.drain(), () => realtime.close(), () => pool.end()]);
 */
export function closeOnSignal(
  httpServer: Server,
  steps: readonly CloseStep[],
  options: CloseOnSignalOptions = {},
): void {
  const { lastResponsesMs = 5_000, patienceMs = 25_000, onError = consoleReport("stop") } = options;
  const closeUnfinished = watchUnfinishedRequests(httpServer);
  let isClosing = false;
  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => {
      onError(new Error(`The process did not stop within ${patienceMs} ms of the signal.`));
      process.exit(1); // better an error than a kill
    }, patienceMs).unref();
    for (const step of steps) await taken(step, onError);
    const closed = once(httpServer, "close");
    httpServer.close();
    closeUnfinished();
    setTimeout(() => process.exit(0), lastResponsesMs).unref();
    await closed;
    process.exit(0);
  };
  process.on("SIGTERM", () => void close());
  process.on("SIGINT", () => void close());
}

async function taken(step: CloseStep, onError: (cause: unknown) => void): Promise<void> {
  try {
    await step();
  } catch (cause) {
    onError(cause);
  }
}
