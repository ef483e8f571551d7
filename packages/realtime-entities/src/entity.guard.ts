import { RealtimeError, type IRealtimeGuard, type RealtimeUser } from "@repo/core-realtime";
import type { EntityChannels } from "./define-entity-channels.js";

/** Which users may read which records. */
export interface EntityGuardOptions {
  /** The two channels that it guards. */
  readonly channels: Pick<EntityChannels, "all" | "one">;
  /** Whether a user may read the record of this id; null is an anonymous visitor. */
  readonly mayRead: (user: RealtimeUser | null, id: string) => Promise<boolean> | boolean;
  /** Which users may subscribe to all records. Default: none, because that channel carries every record. */
  readonly mayReadAll?: (user: RealtimeUser | null) => Promise<boolean> | boolean;
}

/**
 * Refuses the channel of a record to users who may not read it: at each subscribe, at recovery, and after a refresh.
 * Where a right ends meanwhile, revoke it: `realtime.revoke({ userId, channel: channels.one.at({ id }) })`.
 * @example createRealtime({ authenticator, guards: [entityGuard({ channels: taskEntity, mayRead: (user, id) => isMember(user, id) })] });
 */
export function entityGuard({ channels, mayRead, mayReadAll = () => false }: EntityGuardOptions): IRealtimeGuard {
  const { all, one } = channels;
  return {
    async subscribe({ address, user }) {
      const { channel, name, params } = address;
      const isAllowed =
        channel.name === one.name
          ? await mayRead(user, params["id"] ?? "")
          : channel.name !== all.name || (await mayReadAll(user));
      if (!isAllowed) throw new RealtimeError("UNAUTHORIZED", { detail: name });
    },
  };
}
