import type { IRealtimeAuthenticator, RealtimeChannel, RealtimeHandshake, RealtimeUser } from "@repo/core-realtime";
import {
  createRealtime,
  InMemoryRealtimeServer,
  type Realtime,
  type RealtimeOptions,
} from "@repo/core-realtime/server";
import { anonymous } from "../fake-authenticators";
import { FakeClock } from "../fake-clock";
import { connectInMemory } from "../client/in-memory-link";
import { TestClient } from "../client/test-client";
import { RecordingObserver } from "../recording-observer";
import { HarnessClient } from "./harness-client";

/** The options of a node under test; all may be left out. */
export interface RealtimeHarnessOptions<Name extends string> extends Omit<Partial<RealtimeOptions>, "clock"> {
  /** Channels that clients only receive on. */
  readonly channels?: readonly RealtimeChannel[];
  /** Registers the handlers; a feature's own `bind…` does. */
  readonly handlers?: (realtime: Realtime) => void;
  /** Users that clients may be, by name. */
  readonly users?: Readonly<Record<Name, RealtimeUser>>;
}

/** One node without a port, its time, and as many clients as a test needs. */
export interface RealtimeHarness<Name extends string> {
  /** The node, with every gate of a real one. */
  readonly realtime: Realtime;
  /** Deadlines, limits and leases run on this; it stands still until the test moves it. */
  readonly clock: FakeClock;
  /** Everything that the node has observed. */
  readonly observer: RecordingObserver;
  /** A client passes gate 1 as this user, or as an anonymous visitor; rejects with the gate's refusal. */
  client(who?: Name | RealtimeUser | null): Promise<HarnessClient>;
  /** A client shows nothing but its handshake; the `authenticator` of the options decides. */
  visitor(handshake: Partial<RealtimeHandshake>): Promise<HarnessClient>;
  /** A token with which a client may `refresh` into this user. */
  tokenOf(who: Name | RealtimeUser): string;
  /** Drains the node; every client ends. */
  close(): Promise<void>;
}

/**
 * Wires a node for a test: the real gates, no port, no waiting.
 * @example
 * const harness = await createRealtimeHarness({ handlers: ({ registry }) => registry.register(board, onBoard), users });
 * const mia = await harness.client("mia");
 * await mia.subscribe(board.at({ boardId: "7" }));
 */
export async function createRealtimeHarness<Name extends string = never>(
  options: RealtimeHarnessOptions<Name> = {},
): Promise<RealtimeHarness<Name>> {
  const { channels = [], handlers, users, authenticator = anonymous, observers = [], ...rest } = options;
  const [clock, observer, server] = [new FakeClock(), new RecordingObserver(), new InMemoryRealtimeServer()];
  const tokens = new Tokens(authenticator);
  const realtime = createRealtime({ ...rest, clock, observers: [observer, ...observers], authenticator: tokens });
  for (const channel of channels) realtime.registry.registerChannel(channel);
  handlers?.(realtime);
  await realtime.serve(server);
  const people = new Map<string, RealtimeUser>(Object.entries(users ?? {}));

  const userOf = (who: Name | RealtimeUser): RealtimeUser => {
    const user = typeof who === "string" ? people.get(who) : who;
    if (user) return user;
    throw new TypeError(`The harness has no user "${String(who)}"; name users in users: { … }.`);
  };
  const visitor = async (handshake: Partial<RealtimeHandshake>) =>
    HarnessClient.of(await TestClient.connect((events) => connectInMemory(server, handshake, events)), observer);
  const tokenOf = (who: Name | RealtimeUser) => tokens.issue(userOf(who));

  return {
    realtime,
    clock,
    observer,
    visitor,
    tokenOf,
    client: async (who = null) => visitor(who === null ? {} : { token: tokenOf(who) }),
    async close() {
      let isWaiting = true;
      const closed = realtime.close({ drainMs: 1 }).finally(() => (isWaiting = false));
      while (isWaiting) await clock.advanceAsync(1_000);
      await closed;
    },
  };
}

/** Gives out tokens for users; other tokens are checked by the test's own authenticator. */
class Tokens implements IRealtimeAuthenticator {
  readonly #users = new Map<string, RealtimeUser>();
  readonly #otherwise: IRealtimeAuthenticator;

  constructor(otherwise: IRealtimeAuthenticator) {
    this.#otherwise = otherwise;
  }

  issue(user: RealtimeUser): string {
    const token = `harness-${this.#users.size + 1}`;
    this.#users.set(token, user);
    return token;
  }

  authenticate(handshake: RealtimeHandshake): Promise<RealtimeUser | null> | RealtimeUser | null {
    const user = handshake.token === undefined ? undefined : this.#users.get(handshake.token);
    return user ?? this.#otherwise.authenticate(handshake);
  }
}
