import type { ChaosClient } from "./client/chaos-client";
import { LawfulClient } from "./client/lawful-client";
import { Diary } from "./judge/diary";
import { LawfulPresence } from "./judge/presence/lawful-presence";
import { PresenceDiary } from "./judge/presence/presence-diary";
import { createRandom, type Random } from "./network/random";
import type { Role } from "./cast";
import { CHAOS_CHANNELS, vaultPresence } from "./chaos-channels";
import type { ChaosTransport } from "./chaos-transport";
import { eventsByChannel } from "./client/events-by-channel";
import { openLibraryClient } from "./client/library-client";

export const CHANNELS = CHAOS_CHANNELS.map(({ name }) => name);

/** Who plays the people: a client that keeps the law and no more, or the library's own. */
export const CLIENTS = ["lawful", "library"] as const;

export type ClientKind = (typeof CLIENTS)[number];

/** Where people knock, and with what. */
export interface Door {
  readonly port: number;
  readonly transport: ChaosTransport;
  readonly client: ClientKind;
  readonly timesFaster: number;
}

/** One application: its client, what it learnt from it, and whom it was shown. */
export interface Person {
  readonly role: Role;
  readonly client: ChaosClient;
  readonly diary: Diary;
  readonly presence: PresenceDiary;
}

/** Somebody comes to the door, asks for every channel, and then who is in the vault. */
export function openPerson(role: Role, door: Door, random: Random): Person {
  const diaries = { diary: new Diary(), presence: new PresenceDiary() };
  return { role, ...diaries, client: openClient(role, door, { ...diaries, random: childOf(random) }) };
}

/** Chance of its own, so that one thing's timing does not change another's lot. */
export function childOf(random: Random): Random {
  return createRandom(random() * 2 ** 32);
}

interface Outlook extends Pick<Person, "diary" | "presence"> {
  readonly random: Random;
}

function openClient(role: Role, door: Door, outlook: Outlook): ChaosClient {
  switch (door.client) {
    case "lawful":
      return openLawfulClient(role, door, outlook);
    case "library":
      return openLibraryClient({ ...door, ...outlook, role, transport: door.transport.ofLibrary }, CHANNELS);
    default:
      return door.client satisfies never;
  }
}

function openLawfulClient(
  { name, userId, tab }: Role,
  { transport, port }: Door,
  { diary, presence, random }: Outlook,
): ChaosClient {
  const { name: channel } = vaultPresence;
  const sayWhoIAm = () => {
    client.publish(channel, { meta: { tab } }, "presence:heartbeat").catch(() => undefined); // put out meanwhile
  };
  const events = eventsByChannel({ channel, events: new LawfulPresence(presence, sayWhoIAm) }, diary);
  const channels = [...CHANNELS, channel]; // in this order: only who is in the vault may see who else is
  const open = transport.linksTo(port, userId);
  const client = new LawfulClient({ open, channels, random, idPrefix: `${name}:` }, events);
  return client;
}
