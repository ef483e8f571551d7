import type { RealtimePosition } from "@repo/core-realtime";
import type { ChaosClient, ChaosClientEvents } from "./chaos-client";
import { watchResubscribes } from "./resubscribe-watch";
import type { PresenceDiary } from "../judge/presence/presence-diary";
import { membersOf, noteChange, seenMember } from "../judge/presence/wire-presence";
import type { Random } from "../network/random";
import { createRealtimeClient, type ChannelHandle, type IRealtimeTransport } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import type { Role } from "../cluster/cast";
import { vault, vaultPresence } from "../cluster/chaos-channels";

/** How the library's client is set up for a run, and its callbacks. */
export interface LibraryClientOptions {
  /** The port of the next connection. */
  readonly nextPort: () => number;
  readonly role: Role;
  readonly transport: IRealtimeTransport;
  readonly random: Random;
  /** How fast its life goes by. */
  readonly timesFaster: number;
  readonly diary: ChaosClientEvents;
  readonly presence: PresenceDiary;
}

/** The library's own client, as an application holds it, in a life that goes by faster. */
export function openLibraryClient(options: LibraryClientOptions, channels: readonly string[]): ChaosClient {
  const { nextPort, role, transport, random, timesFaster, diary, presence } = options;
  const client = createRealtimeClient({
    url: "http://127.0.0.1/realtime",
    transports: [moving(transport, nextPort, diary)],
    auth: () => role.userId,
    clock: {
      now: () => Date.now() * timesFaster,
      after(ms, run) {
        const timer = setTimeout(run, ms / timesFaster);
        return () => clearTimeout(timer);
      },
    },
    random,
  });
  const handles = new Map(channels.map((channel) => [channel, client.channel(channel)]));
  for (const handle of handles.values()) listen(handle, diary);
  const members = client.channel(vaultPresence);
  members.subscribe({
    opening: () => presence.attached(),
    message: (message) => void (membersOf(message) ? presence.attached() : noteChange(message, presence)),
    change: ({ status }) => status === "refused" && presence.refused(),
  });
  const watched = joinPresence(client.channel(vault), members);
  watched.watch(() => presence.believes(watched.members.map(seenMember)));
  watched.update({ tab: role.tab }).catch(() => undefined); // whoever may not be there may not publish anything
  return {
    publish: async (channel, payload) => handles.get(channel)?.publish("message", payload),
    close: () => client.disconnect(),
  };
}

/** The client reports a gap first, then that the subscription stands again: for the diary it is one event. */
function listen(handle: ChannelHandle, events: ChaosClientEvents): void {
  const { name: channel } = handle;
  let { status } = handle;
  let since: RealtimePosition | undefined;
  let isGap = false;
  handle.subscribe({
    message(message) {
      since = message.position;
      events.onMessage(message);
    },
    gap: () => (isGap = true),
    change(state) {
      if (state.status === status) return;
      ({ status } = state);
      if (status === "refused") events.onRefused(channel, state.error?.code ?? "");
      if (status !== "subscribed") return;
      const { position } = state;
      events.onAttached({ channel, position, since, ...(since && { recovered: !isGap }) });
      since = position;
      isGap = false;
    },
  });
}

/** The transport, with each connection to another port. */
function moving(transport: IRealtimeTransport, nextPort: () => number, diary: ChaosClientEvents): IRealtimeTransport {
  return {
    name: transport.name,
    open: (request, events) =>
      transport.open(
        { ...request, url: `http://127.0.0.1:${nextPort()}/realtime` },
        watchResubscribes(events, {
          onResubscribed: (channel) => diary.onResubscribed(channel),
          onGap: (channel) => diary.onRefused(channel, "GAP"), // the application receives only what is not recovered
        }),
      ),
  };
}
