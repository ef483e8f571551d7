import { once } from "node:events";
import type { Server } from "node:http";
import { watchUnfinishedRequests } from "./unfinished-requests";

/** One thing to let go of. */
export type CloseStep = () => Promise<void> | void;

const LAST_ANSWERS_MS = 5_000; // for pages under way when everything else has ended
const PATIENCE_MS = 25_000; // whoever asked us to end kills after 30 s

/**
 * Ends the process on SIGTERM or SIGINT: takes the steps in order while HTTP is still served (a polling client needs it to receive its close frame),
 * then closes the HTTP server and exits 0. A second signal changes nothing: pnpm and a terminal both pass one on.
 */
export function closeOnSignal(httpServer: Server, steps: readonly CloseStep[]): void {
  const closeUnfinished = watchUnfinishedRequests(httpServer);
  let isClosing = false;
  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(1), PATIENCE_MS).unref(); // better an error than a kill
    for (const step of steps) await step();
    const closed = once(httpServer, "close");
    httpServer.close();
    closeUnfinished();
    setTimeout(() => process.exit(0), LAST_ANSWERS_MS).unref();
    await closed;
    process.exit(0);
  };
  process.on("SIGTERM", () => void close());
  process.on("SIGINT", () => void close());
}
