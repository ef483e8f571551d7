import { randomUUID } from "node:crypto";
import { defineRealtimeChannel, InProcessBroker, type IRealtimeBroker, type RealtimeUser } from "@repo/core-realtime";
import { createRealtimeHarness, FakeClock, RecordingObserver, type HarnessClient } from "@repo/core-testing";
import { z } from "zod";
import {
  createPresence,
  definePresenceChannel,
  type InMemoryPresenceStore,
  type IPresenceStore,
  type PresenceOptions,
  type PresencePage,
} from "./index.js";

export const TICK_MS = 200;

export const board = defineRealtimeChannel({ name: "boards.{boardId}", scope: "authenticated", payload: z.object({}) });
export const boardPresence = definePresenceChannel(board, { meta: z.object({ looksAt: z.string() }) });
export const [onBoard, seen] = [board.at({ boardId: "7" }), boardPresence.at({ boardId: "7" })];

/** Any client may join, and watch the members. */
export const hall = defineRealtimeChannel({ name: "hall", scope: "public", payload: z.object({}) });
export const hallPresence = definePresenceChannel(hall, { meta: z.object({}) });

const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } } satisfies Record<
  string,
  RealtimeUser
>;

/** A client on the board that watches the members. */
export interface Visitor {
  readonly client: HarnessClient;
  readonly opening: PresencePage<{ readonly looksAt: string }>;
  /** What it received on the presence channel, in short. */
  events(): Promise<readonly string[]>;
}

/** A node with presence, whose time the test moves. */
export async function presenceUnderTest(
  options: Partial<PresenceOptions> = {},
  broker: IRealtimeBroker = new InProcessBroker(),
) {
  const errors: unknown[] = [];
  const observed = new RecordingObserver();
  const clock = { current: new FakeClock() };
  const presence = createPresence({
    channels: [boardPresence, hallPresence],
    clock: {
      now: () => clock.current.now(),
      monotonic: () => clock.current.monotonic(),
      after: (ms, run) => clock.current.after(ms, run),
    },
    nodeId: randomUUID(),
    tickMs: TICK_MS,
    onError: (cause) => errors.push(cause),
    ...options,
  });
  const harness = await createRealtimeHarness({
    channels: [board, hall],
    users,
    broker,
    observers: [presence.observer, observed],
    guards: [presence.guard],
  });
  clock.current = harness.clock;
  const leave = presence.bind(harness.realtime);

  /** Joins the board; nothing of it is published before the next tick. */
  const enter = async (who: keyof typeof users | RealtimeUser): Promise<Visitor> => {
    const client = await harness.client(who);
    await client.subscribe(onBoard);
    const { opening } = await client.subscribe(seen);
    const events = async () => {
      await client.roundTrip();
      return client.received(seen).map(({ event, payload }) => `${event} ${labelOf(payload)}`);
    };
    return { client, opening: opening as Visitor["opening"], events };
  };
  const tick = () => harness.clock.advanceAsync(TICK_MS);
  /** Joins the board, and is published. */
  const arrive = async (who: keyof typeof users | RealtimeUser) => {
    const visitor = await enter(who);
    await tick();
    return visitor;
  };
  return { ...harness, presence, observed, leave, errors, enter, arrive, tick };
}

/** The store, with another `put`. */
export function withPut(store: InMemoryPresenceStore, put: IPresenceStore["put"]): IPresenceStore {
  return {
    put,
    remove: (...args) => store.remove(...args),
    list: (...args) => store.list(...args),
    beat: (nodeId) => store.beat(nodeId),
    reap: (silentMs) => store.reap(silentMs),
  };
}

/** The store, with another `list`. */
export function withList(store: InMemoryPresenceStore, list: IPresenceStore["list"]): IPresenceStore {
  return { ...withPut(store, (...args) => store.put(...args)), list };
}

/** The user of this name. */
export function user(userId: string): RealtimeUser {
  return { userId, roles: [] };
}

function labelOf(payload: unknown): string {
  const { member, tabs, userId, meta } = payload as {
    member?: { userId: string };
    tabs?: number;
    userId?: string;
    meta?: unknown;
  };
  return member ? `${member.userId} ${tabs}` : `${userId} ${JSON.stringify(meta)}`;
}
