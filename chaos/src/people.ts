import type { ChaosClient } from "./client/chaos-client";
import { LawfulClient } from "./client/lawful-client";
import { Diary } from "./judge/diary";
import { LawfulPresence } from "./judge/presence/lawful-presence";
import { PresenceDiary } from "./judge/presence/presence-diary";
import { createRandom, type Random } from "./network/random";
import { CAST, type Role } from "./cluster/cast";
import { CHAOS_CHANNELS, vaultPresence } from "./cluster/chaos-channels";
import type { ChaosTransport } from "./chaos-transport";
import type { OpenLink } from "./client/chaos-link";
import { watchResubscribes } from "./client/resubscribe-watch";
import { eventsByChannel } from "./client/events-by-channel";
import { openLibraryClient } from "./client/library-client";

export const CHANNELS = CHAOS_CHANNELS.map(({ name }) => name);

/** Who plays the people: a client that keeps the law and no more, or the library's own. */
export const CLIENTS = ["lawful", "library"] as const;

export type ClientKind = (typeof CLIENTS)[number];

/** Where clients connect, and with what. */
export interface Entrance {
  /** One for each node; a client begins at one of them and takes the next one each time it connects, as behind a load balancer. */
  readonly ports: readonly number[];
  readonly transport: ChaosTransport;
  readonly client: ClientKind;
  readonly timesFaster: number;
}

/** One application: its client, what it received through it, and which members it was shown. */
export interface Person {
  readonly role: Role;
  readonly client: ChaosClient;
  readonly diary: Diary;
  readonly presence: PresenceDiary;
}

/** A client connects, subscribes to every channel, and then to who is in the vault. */
export function openPerson(role: Role, entrance: Entrance, random: Random): Person {
  const diaries = { diary: new Diary(), presence: new PresenceDiary() };
  return { role, ...diaries, client: openClient(role, entrance, { ...diaries, random: childOf(random) }) };
}

/** Chance of its own, so that one thing's timing does not change another's lot. */
export function childOf(random: Random): Random {
  return createRandom(random() * 2 ** 32);
}

interface Outlook extends Pick<Person, "diary" | "presence"> {
  readonly random: Random;
}

function openClient(role: Role, entrance: Entrance, outlook: Outlook): ChaosClient {
  switch (entrance.client) {
    case "lawful":
      return openLawfulClient(role, entrance, outlook);
    case "library":
      return openLibraryClient(
        {
          ...outlook,
          role,
          timesFaster: entrance.timesFaster,
          transport: entrance.transport.ofLibrary,
          nextPort: roundRobin(entrance, role),
        },
        CHANNELS,
      );
    default:
      return entrance.client satisfies never;
  }
}

function openLawfulClient(role: Role, entrance: Entrance, { diary, presence, random }: Outlook): ChaosClient {
  const { name, userId, tab } = role;
  const { name: channel } = vaultPresence;
  const identify = () => {
    client.publish(channel, { meta: { tab } }, "presence:heartbeat").catch(() => undefined); // put out meanwhile
  };
  const events = eventsByChannel({ channel, events: new LawfulPresence(presence, identify) }, diary);
  const channels = [...CHANNELS, channel]; // in this order: only who is in the vault may see who else is
  const nextPort = roundRobin(entrance, role);
  const open: OpenLink = (link) =>
    entrance.transport.linksTo(
      nextPort(),
      userId,
    )(
      watchResubscribes(link, { onResubscribed: (again) => events.onResubscribed(again), onGap: () => undefined }), // it reports that itself
    );
  const client = new LawfulClient({ open, channels, random, idPrefix: `${name}:` }, events);
  return client;
}

/** The clients begin at the nodes in turn, so that each node has about as many. */
function roundRobin({ ports }: Entrance, role: Role): () => number {
  let place = CAST.indexOf(role) + 1; // somebody who is not of the cast begins at the first
  return () => ports[place++ % ports.length] ?? 0;
}
