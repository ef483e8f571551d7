import { createRandom, Diary, LawfulClient, type ChaosClient, type Random } from "@repo/core-testing/chaos";
import { CAST } from "./cast";
import { CHAOS_CHANNELS } from "./chaos-channels";
import type { ChaosTransport } from "./chaos-transport";
import { openLibraryClient } from "./library-client";

export const CHANNELS = CHAOS_CHANNELS.map(({ name }) => name);

/** Who plays the people: a client that keeps the law and no more, or the library's own. */
export const CLIENTS = ["lawful", "library"] as const;

export type ClientKind = (typeof CLIENTS)[number];

/** Where people knock, and with what. */
export interface Door {
  readonly port: number;
  readonly transport: ChaosTransport;
  readonly client: ClientKind;
}

/** One application: its client, and what it learnt from it. */
export interface Person {
  readonly client: ChaosClient;
  readonly diary: Diary;
}

/** The whole cast comes to the door and asks for every channel. */
export function openPeople(door: Door, random: Random): ReadonlyMap<string, Person> {
  return new Map(
    CAST.map((name) => {
      const diary = new Diary();
      return [name, { diary, client: openClient(name, door, { diary, random: childOf(random) }) }] as const;
    }),
  );
}

/** Chance of its own, so that one thing's timing does not change another's lot. */
export function childOf(random: Random): Random {
  return createRandom(random() * 2 ** 32);
}

function openClient(token: string, door: Door, { diary, random }: { diary: Diary; random: Random }): ChaosClient {
  const { port, transport, client } = door;
  switch (client) {
    case "lawful":
      return new LawfulClient({ open: transport.linksTo(port, token), channels: CHANNELS, random }, diary);
    case "library":
      return openLibraryClient({ port, token, transport: transport.ofLibrary, channels: CHANNELS, random }, diary);
    default:
      return client satisfies never;
  }
}
