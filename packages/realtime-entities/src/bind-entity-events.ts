import type { EventOccurrence, IEventBus } from "@repo/core-events";
import type {
  BroadcastOptions,
  BroadcastReceipt,
  ChannelAddress,
  IRealtimeBroadcaster,
  RealtimeChannel,
} from "@repo/core-realtime";
import type { EntityChannels } from "./define-entity-channels.js";
import type { EntityChange } from "./entity-change.js";

/** An event that did not reach one of its two channels. */
export interface UncarriedEvent {
  /** The name of the channel that did not get it. */
  readonly channel: string;
  /** What was to be broadcast. */
  readonly change: EntityChange;
  /** What the broadcast rejected with. */
  readonly cause: unknown;
}

/** Which channels, and where failures are reported. */
export interface EntityBridge {
  /** The two channels of `defineEntityChannels`. */
  readonly channels: EntityChannels;
  /** A broadcast was refused or failed; the write stands. */
  readonly onError: (failure: UncarriedEvent) => void;
}

/**
 * Broadcasts each change on the channel of all records and on that of the one record; returns the undo.
 * On channels with history the occurrence's id is the idempotency key: what a bus delivers twice is broadcast once.
 * @example const undo = bindEntityEvents(bus, realtime, { channels: taskEntity, onError });
 */
export function bindEntityEvents(
  bus: IEventBus,
  broadcaster: IRealtimeBroadcaster,
  { channels, onError }: EntityBridge,
): () => void {
  const { all, one, changed } = channels;
  const broadcast = broadcaster.broadcast.bind(broadcaster) as UntypedBroadcast;
  const send = async (
    channel: RealtimeChannel,
    to: () => RealtimeChannel | ChannelAddress,
    { id, payload: change }: Occurrence,
  ) => {
    try {
      await broadcast(to(), `entity:${change.kind}`, payloadOf(change), optionsOf(channel, change, id));
    } catch (cause) {
      onError({ channel: channel.name, change, cause });
    }
  };
  return bus.subscribe(changed, async (occurrence) => {
    const { id } = occurrence.payload;
    await Promise.all([send(all, () => all, occurrence), send(one, () => one.at({ id }), occurrence)]);
  });
}

type Occurrence = EventOccurrence<EntityChannels["changed"]>;

/** `broadcast` as it is called with an event that is made here. */
type UntypedBroadcast = (
  to: RealtimeChannel | ChannelAddress,
  ...message: readonly unknown[]
) => Promise<BroadcastReceipt>;

function payloadOf({ kind: _kind, by: _by, ...payload }: EntityChange): unknown {
  return payload;
}

function optionsOf({ history }: RealtimeChannel, { by }: EntityChange, id: string): BroadcastOptions {
  return { ...(history && { idempotencyKey: id }), ...(by !== undefined && { sender: { type: "user", id: by } }) };
}
