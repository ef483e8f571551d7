import type { ChaosClient } from "./client/chaos-client";
import { ConformingClient } from "./client/conforming-client";
import { EventLog } from "./checker/event-log";
import { ConformingPresence } from "./checker/presence/conforming-presence";
import { PresenceLog } from "./checker/presence/presence-log";
import { createRandom, type Random } from "./network/random";
import { IDENTITIES, type ClientIdentity } from "./cluster/client-identities";
import { CHAOS_CHANNELS, membersOnlyPresence } from "./cluster/chaos-channels";
import type { ChaosTransport } from "./chaos-transport";
import type { OpenLink } from "./client/chaos-link";
import { watchResubscribes } from "./client/resubscribe-watch";
import { eventsByChannel } from "./client/events-by-channel";
import { openLibraryClient } from "./client/library-client";

export const CHANNELS = CHAOS_CHANNELS.map(({ name }) => name);

/** The client of the applications: one that does what PROTOCOL.md requires and no more, or the library's own. */
export const CLIENTS = ["conforming", "library"] as const;

export type ClientKind = (typeof CLIENTS)[number];

/** Where clients connect, and with what. */
export interface ConnectTarget {
  /** One for each node; a client begins at one of them and takes the next one each time it connects, as behind a load balancer. */
  readonly ports: readonly number[];
  readonly transport: ChaosTransport;
  readonly client: ClientKind;
  readonly timesFaster: number;
}

/** One application: its client, what it received through it, and which members it was shown. */
export interface Application {
  readonly identity: ClientIdentity;
  readonly client: ChaosClient;
  readonly eventLog: EventLog;
  readonly presence: PresenceLog;
}

/** A client connects, subscribes to every channel, and then to the presence of the members-only channel. */
export function openApplication(identity: ClientIdentity, target: ConnectTarget, random: Random): Application {
  const logs = { eventLog: new EventLog(), presence: new PresenceLog() };
  return { identity, ...logs, client: openClient(identity, target, { ...logs, random: childOf(random) }) };
}

/** A random source of its own, so that the timing of one part does not change the values of another. */
export function childOf(random: Random): Random {
  return createRandom(random() * 2 ** 32);
}

interface ClientParts extends Pick<Application, "eventLog" | "presence"> {
  readonly random: Random;
}

function openClient(identity: ClientIdentity, target: ConnectTarget, parts: ClientParts): ChaosClient {
  switch (target.client) {
    case "conforming":
      return openConformingClient(identity, target, parts);
    case "library":
      return openLibraryClient(
        {
          ...parts,
          identity,
          timesFaster: target.timesFaster,
          transport: target.transport.ofLibrary,
          nextPort: roundRobin(target, identity),
        },
        CHANNELS,
      );
    default:
      return target.client satisfies never;
  }
}

function openConformingClient(
  identity: ClientIdentity,
  target: ConnectTarget,
  { eventLog, presence, random }: ClientParts,
): ChaosClient {
  const { name, userId, tab } = identity;
  const { name: channel } = membersOnlyPresence;
  const identify = () => {
    client.publish(channel, { meta: { tab } }, "presence:heartbeat").catch(() => undefined); // its right has ended meanwhile
  };
  const events = eventsByChannel({ channel, events: new ConformingPresence(presence, identify) }, eventLog);
  const channels = [...CHANNELS, channel]; // in this order: only a subscriber of the channel may see its members
  const nextPort = roundRobin(target, identity);
  const open: OpenLink = (link) =>
    target.transport.linksTo(
      nextPort(),
      userId,
    )(
      watchResubscribes(link, { onResubscribed: (again) => events.onResubscribed(again), onGap: () => undefined }), // the client itself reports that
    );
  const client = new ConformingClient({ open, channels, random, idPrefix: `${name}:` }, events);
  return client;
}

/** The clients begin at the nodes in turn, so that each node has about as many. */
function roundRobin({ ports }: ConnectTarget, identity: ClientIdentity): () => number {
  let place = IDENTITIES.indexOf(identity) + 1; // the short-lived client is not in the list, and begins at the first
  return () => ports[place++ % ports.length] ?? 0;
}
