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
  readonly channel: string;
  readonly change: EntityChange;
  readonly cause: unknown;
}

/** Whose events are carried, and who hears of failures. */
export interface EntityBridge {
  readonly channels: EntityChannels;
  readonly onError: (failure: UncarriedEvent) => void;
}

/**
 * Carries each change from the bus to the channel of all records and to that of the one; returns the undo.
 * On channels with history the occurrence's id is the idempotency key: what a bus hands over twice is said once.
 * @example const undo = bindEntityEvents(bus, realtime, { channels: taskEntity, onError });
 */
export function bindEntityEvents(
  bus: IEventBus,
  broadcaster: IRealtimeBroadcaster,
  { channels, onError }: EntityBridge,
): () => void {
  const { all, one, changed } = channels;
  const speak = broadcaster.broadcast.bind(broadcaster) as Speak;
  const say = async (
    channel: RealtimeChannel,
    to: () => RealtimeChannel | ChannelAddress,
    { id, payload: change }: Occurrence,
  ) => {
    try {
      await speak(to(), `entity:${change.kind}`, payloadOf(change), optionsOf(channel, change, id));
    } catch (cause) {
      onError({ channel: channel.name, change, cause });
    }
  };
  return bus.subscribe(changed, async (occurrence) => {
    const { id } = occurrence.payload;
    await Promise.all([say(all, () => all, occurrence), say(one, () => one.at({ id }), occurrence)]);
  });
}

type Occurrence = EventOccurrence<EntityChannels["changed"]>;

/** `broadcast` as it is called with an event that is made here. */
type Speak = (to: RealtimeChannel | ChannelAddress, ...message: readonly unknown[]) => Promise<BroadcastReceipt>;

function payloadOf({ kind: _kind, by: _by, ...payload }: EntityChange): unknown {
  return payload;
}

function optionsOf({ history }: RealtimeChannel, { by }: EntityChange, id: string): BroadcastOptions {
  return { ...(history && { idempotencyKey: id }), ...(by !== undefined && { sender: { type: "user", id: by } }) };
}
