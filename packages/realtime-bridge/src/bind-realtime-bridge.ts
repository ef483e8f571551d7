import type { IEventBus } from "@repo/core-events";
import type { BroadcastReceipt, ChannelAddress, IRealtimeBroadcaster } from "@repo/core-realtime";
import type { BridgeEntry } from "./bridge-entry";
import type { BridgeFailure } from "./bridge-failure";

/** Which events are broadcast. Failures go to `onError`; with a plain list they go to the bus, which reports failing listeners. */
export type BridgeAllowlist =
  | readonly BridgeEntry[]
  | { readonly allow: readonly BridgeEntry[]; readonly onError: (failure: BridgeFailure) => void };

/**
 * Carries the listed events from the bus onto their channels, and nothing else; returns the undo.
 * @example const undo = bindRealtimeBridge(bus, realtime, [bridgeEntry(orderShipped, orderStatus, { … })]);
 * @throws TypeError where an event is listed twice for one channel.
 */
export function bindRealtimeBridge(
  bus: IEventBus,
  broadcaster: IRealtimeBroadcaster,
  allowlist: BridgeAllowlist,
): () => void {
  const { allow, onError } = "allow" in allowlist ? allowlist : { allow: allowlist, onError: throwToBus };
  refuseDoubles(allow);
  const broadcast = broadcaster.broadcast.bind(broadcaster) as UntypedBroadcast;
  const undo = allow.map(({ channel, ...entry }) =>
    entry.subscribe(bus, async (occurrence, mapping) => {
      try {
        const { address, message } = mapping();
        await broadcast(address, ...message);
      } catch (cause) {
        onError({ channel: channel.name, occurrence, cause });
      }
    }),
  );
  return () => undo.forEach((undoOne) => undoOne());
}

/** `broadcast` as it is called with what `bridgeEntry` has type-checked and the list forgets. */
type UntypedBroadcast = (to: ChannelAddress, ...message: readonly unknown[]) => Promise<BroadcastReceipt>;

function refuseDoubles(allow: readonly BridgeEntry[]): void {
  const seen = new Set<string>();
  for (const { event, channel } of allow) {
    const crossing = `"${event.name}" → "${channel.name}"`;
    if (seen.has(crossing))
      throw new TypeError(`The bridge lists ${crossing} twice; keep one entry, or clients would receive it twice.`);
    seen.add(crossing);
  }
}

function throwToBus({ channel, occurrence, cause }: BridgeFailure): never {
  throw new Error(`The bridge could not carry "${occurrence.name}" to "${channel}".`, { cause });
}
