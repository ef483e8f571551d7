import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { refuseUpgrade, type UpgradeTaker } from "@repo/core-realtime/server";

/** Node's parts of an upgrade, by the names under which Next gives them to the `upgradeHandler` of a route. */
export interface NodeUpgrade {
  /** The request of the upgrade. */
  readonly req: IncomingMessage;
  /** The connection; whoever takes the upgrade owns it. */
  readonly socket: Duplex;
  /** The first bytes after the request, which belong to the new protocol. */
  readonly head: Buffer;
}

/** A function with the signature of Next's generated `upgradeHandler`. */
export type UpgradeHandler = (context: unknown, upgrade: { readonly node: NodeUpgrade }) => Promise<void>;

/**
 * Gives an upgrade to the transport that owns its path; without one, to `otherwise`, or refuses it with 404. The custom server dispatches
 * by it; so may whatever else has Node's request and socket: a deployment adapter, or a route of a Next that calls such a function.
 */
export function createUpgradeHandler(
  transports: readonly UpgradeTaker[],
  otherwise: (upgrade: NodeUpgrade) => void = ({ socket }) => refuseUpgrade(socket, 404),
): UpgradeHandler {
  return async (_, { node }) => {
    const owner = transports.find((transport) => transport.isOwn(node.req));
    if (owner) owner.handleUpgrade(node.req, node.socket, node.head);
    else otherwise(node);
  };
}
