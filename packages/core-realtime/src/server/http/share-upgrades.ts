import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import { refuseUpgrade } from "./refuse-upgrade.js";

/** A transport that takes the upgrades of its own path. */
export interface UpgradeTaker {
  /** Is this upgrade for this transport? */
  isOwn(request: IncomingMessage): boolean;
  /** Accepts the client, or refuses it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
type AnyListener = HttpServer["listeners"] extends (name: string) => (infer Listener)[] ? Listener : never;

const TAKER = Symbol.for("fourgate.upgrade-taker"); // in the global registry: two copies of this module share their listeners
const FOREIGN_ANSWER_MS = 10_000; // for listeners that are not ours: as long as a handshake may take anywhere here

/**
 * Takes a transport's own upgrades from an app's HTTP server, beside any number of other listeners; returns the undo.
 * An upgrade that belongs to no transport gets the reply 404: at once where all listeners are transports of ours,
 * after ten seconds without a byte of a response where the app or another library listens too.
 */
export function shareUpgrades(httpServer: HttpServer | HttpsServer, taker: UpgradeTaker): () => void {
  const listener: UpgradeListener = (request, socket, head) => {
    if (taker.isOwn(request)) return taker.handleUpgrade(request, socket, head);
    const listeners = httpServer.listeners("upgrade");
    const ours = listeners.filter((other) => takerOf(other) !== undefined);
    if (ours[0] !== marked) return; // the first of ours decides, once
    if (ours.some((other) => takerOf(other)?.isOwn(request))) return;
    if (ours.length === listeners.length) refuseUpgrade(socket, 404);
    else refuseUnhandled(request, socket);
  };
  const marked = Object.assign(listener, { [TAKER]: taker });
  httpServer.on("upgrade", marked);
  return () => void httpServer.off("upgrade", marked);
}

function takerOf(listener: AnyListener): UpgradeTaker | undefined {
  return TAKER in listener ? (listener as typeof listener & { readonly [TAKER]: UpgradeTaker })[TAKER] : undefined;
}

/** Refuses an upgrade with 404 where no byte was written within ten seconds. Call it after its listeners. */
export function refuseUnhandled({ socket: { bytesWritten } }: IncomingMessage, socket: Duplex): void {
  // a request that shares its connection with earlier ones has written bytes before
  const timer = setTimeout(() => {
    if (!("bytesWritten" in socket) || socket.bytesWritten === bytesWritten) refuseUpgrade(socket, 404);
  }, FOREIGN_ANSWER_MS);
  timer.unref();
  socket.once("close", () => clearTimeout(timer));
}
