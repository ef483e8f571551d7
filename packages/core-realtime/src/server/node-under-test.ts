import { expect, onTestFinished } from "vitest";
import type { RealtimeHandshake, RealtimeObservation, ServerFrame } from "../index.js";
import { createRealtime, InMemoryRealtimeServer, type Realtime, type RealtimeOptions } from "./index.js";

/** A client's end with every frame it received. */
export interface TestClient {
  readonly frames: readonly ServerFrame[];
  readonly connectionId: string;
  send(frame: unknown): void;
  /** Sends with an id and resolves with the reply. */
  request(frame: Readonly<Record<string, unknown>>): Promise<ServerFrame>;
  hangUp(): void;
  /** Resolves with the first frame of this type. */
  next(type: ServerFrame["type"]): Promise<ServerFrame>;
}

/** A node with an in-memory transport, for the tests of this package. A token is read as the user's id; "staff:" gives the role. */
export interface NodeUnderTest {
  readonly realtime: Realtime;
  readonly observations: RealtimeObservation[];
  enter(userId?: string, handshake?: Partial<RealtimeHandshake>): TestClient;
}

export async function nodeUnderTest(options: Partial<RealtimeOptions> = {}): Promise<NodeUnderTest> {
  const observations: RealtimeObservation[] = [];
  const realtime = createRealtime({
    authenticator: { authenticate: ({ token }) => userOf(token) },
    ...options,
    observers: [{ observe: (observation) => observations.push(observation) }, ...(options.observers ?? [])],
  });
  onTestFinished(() => realtime.close());
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  return { realtime, observations, enter: (token, handshake) => enter(server, { ...handshake, token }) };
}

function userOf(token: string | undefined) {
  if (token === undefined || token === "") return null;
  const [userId = "", role] = token.split(":").reverse();
  return { userId, roles: role === undefined ? [] : [role], sessionId: `s-${userId}` };
}

function enter(server: InMemoryRealtimeServer, handshake: Partial<RealtimeHandshake>): TestClient {
  const frames: ServerFrame[] = [];
  const { send, close, connectionId } = server.connect({ onFrame: (frame) => frames.push(frame) }, handshake);
  let requests = 0;
  const found = async (matches: (frame: ServerFrame) => boolean): Promise<ServerFrame> => {
    await expect.poll(() => frames.some(matches), { interval: 1, timeout: 10_000 }).toBe(true);
    return frames.find(matches) as ServerFrame;
  };
  return {
    frames,
    connectionId,
    send,
    hangUp: () => close(),
    next: (type) => found((frame) => frame.type === type),
    request(frame) {
      const id = `${(requests += 1)}`;
      send({ id, ...frame });
      return found((reply) => reply.type === "reply" && reply.id === (frame.id ?? id));
    },
  };
}
