import { refuse } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- a client is tested against real gates, and these live one floor beside
import {
  createRealtime,
  InMemoryRealtimeServer,
  type Realtime,
  type RealtimeOptions,
} from "@repo/core-realtime/server";
import { createRealtimeClient, type RealtimeClient, type RealtimeClientOptions } from "../index.js";
import { memory } from "../memory-transport.js";
import { back, board, list, news, orderStatus, type TestChannels } from "./test-channels.js";

/** A real node behind an in-memory transport. A token is read as the user's id; "staff:mia" gives the role. */
export interface NodeUnderTest {
  readonly realtime: Realtime;
  readonly server: InMemoryRealtimeServer;
  /** The notes that the handler of `orderStatus` was given, in order. */
  readonly notes: readonly string[];
}

export async function nodeUnderTest(options: Partial<RealtimeOptions> = {}): Promise<NodeUnderTest> {
  const realtime = createRealtime({ authenticator: { authenticate: ({ token }) => userOf(token) }, ...options });
  const notes: string[] = [];
  realtime.registry.register(orderStatus, ({ payload }) => ({ noted: notes.push(payload.note) }));
  realtime.registry.register(board, ({ event, payload }) => ({ event, payload }));
  for (const channel of [news, back]) realtime.registry.registerChannel(channel);
  realtime.registry.register(list, {
    handler: ({ payload: { version } }) => (version < 7 ? refuse(list, "CONFLICT", { version: 7 }) : undefined),
    opening: async ({ ask: { page }, send }) => {
      await send({ row: `more of ${page}` });
      return { rows: [`first of ${page}`] };
    },
  });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  return { realtime, server, notes };
}

/** A client of that node; without a token an anonymous visitor. */
export function clientOf(
  { server }: Pick<NodeUnderTest, "server">,
  options: Partial<RealtimeClientOptions> = {},
): RealtimeClient<TestChannels> {
  return createRealtimeClient<TestChannels>({ url: "/", transports: [memory(server)], auth: () => "mia", ...options });
}

function userOf(token: string | undefined) {
  if (token === undefined) return null;
  const [userId = "", role] = token.split(":").reverse();
  return { userId, roles: role === undefined ? [] : [role], sessionId: `s-${userId}` };
}
