import type { RealtimePosition } from "@repo/core-realtime";
import type { ChaosClient, ChaosClientEvents } from "./chaos-client";
import { watchResubscribes } from "./resubscribe-watch";
import type { PresenceLog } from "../checker/presence/presence-log";
import { membersOf, noteChange, seenMember } from "../checker/presence/wire-presence";
import type { Random } from "../network/random";
import { createRealtimeClient, type ChannelHandle, type IRealtimeTransport } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import type { ClientIdentity } from "../cluster/client-identities";
import { membersOnly, membersOnlyPresence } from "../cluster/chaos-channels";

/** How the library's client is set up for a run, and its callbacks. */
export interface LibraryClientOptions {
  /** The port of the next connection. */
  readonly nextPort: () => number;
  readonly identity: ClientIdentity;
  readonly transport: IRealtimeTransport;
  readonly random: Random;
  /** How many times faster its clock runs. */
  readonly timesFaster: number;
  readonly eventLog: ChaosClientEvents;
  readonly presence: PresenceLog;
}

/** The library's own client, as an application uses it, with a faster clock. */
export function openLibraryClient(options: LibraryClientOptions, channels: readonly string[]): ChaosClient {
  const { nextPort, identity, transport, random, timesFaster, eventLog, presence } = options;
  const client = createRealtimeClient({
    url: "http://127.0.0.1/realtime",
    transports: [moving(transport, nextPort, eventLog)],
    auth: () => identity.userId,
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
  for (const handle of handles.values()) listen(handle, eventLog);
  const members = client.channel(membersOnlyPresence);
  members.subscribe({
    opening: () => presence.attached(),
    message: (message) => void (membersOf(message) ? presence.attached() : noteChange(message, presence)),
    change: ({ status }) => status === "refused" && presence.refused(),
  });
  const watched = joinPresence(client.channel(membersOnly), members);
  watched.watch(() => presence.listed(watched.members.map(seenMember)));
  watched.update({ tab: identity.tab }).catch(() => undefined); // a client without the right may not publish
  return {
    publish: async (channel, payload) => handles.get(channel)?.publish("message", payload),
    close: () => client.disconnect(),
  };
}

/** The client reports a gap first, then that it is subscribed again: for the log it is one event. */
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
function moving(
  transport: IRealtimeTransport,
  nextPort: () => number,
  eventLog: ChaosClientEvents,
): IRealtimeTransport {
  return {
    name: transport.name,
    open: (request, events) =>
      transport.open(
        { ...request, url: `http://127.0.0.1:${nextPort()}/realtime` },
        watchResubscribes(events, {
          onResubscribed: (channel) => eventLog.onResubscribed(channel),
          onGap: (channel) => eventLog.onRefused(channel, "GAP"), // the application receives only what is not recovered
        }),
      ),
  };
}
