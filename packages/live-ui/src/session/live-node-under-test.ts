import type { IRealtimeGuard, RealtimeHandshake, ServerFrame } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { expect, onTestFinished } from "vitest";
import { createLivePages, type LivePage, type LivePagesOptions } from "../index.js";

const SECRET = "a secret of tests, longer than 32 bytes";

/** What a client of a page's channel has received: replies of its actions and patches, in order. */
export interface PageClient {
  readonly patches: readonly (readonly unknown[])[];
  /** The reply to the subscribe: the first content, or the refusal. */
  subscribe(token?: string): Promise<unknown>;
  /** Runs an action; resolves with the reply. */
  act(action: string | null, input?: unknown, id?: string): Promise<ServerFrame>;
  unsubscribe(): Promise<unknown>;
  disconnect(): void;
  /** The connection belongs to another user from now on. */
  becomes(userId: string): Promise<unknown>;
  readonly left: readonly string[];
}

/** A node with pages, over HTTP and an in-memory transport. A token of the handshake is the user's id. */
export async function liveNode(list: readonly LivePage[], options: Partial<LivePagesOptions> = {}) {
  const errors: unknown[] = [];
  const roles = new Map<string, readonly string[]>();
  const authenticator = {
    authenticate: ({ token }: RealtimeHandshake) =>
      token === undefined ? null : { userId: token, roles: roles.get(token) ?? [] },
  };
  const onError = (cause: unknown) => errors.push(cause);
  const pages = createLivePages({ pages: list, secrets: [SECRET], authenticator, onError, ...options });
  const guards: readonly IRealtimeGuard[] = [pages.guard];
  const realtime = createRealtime({ authenticator, guards });
  pages.bind(realtime.registry);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(async () => {
    pages.close();
    await realtime.close({ drainMs: 1 });
  });
  return {
    pages,
    realtime,
    errors,
    roles,
    async open(path: string, user?: string) {
      const headers: Readonly<Record<string, string>> = user === undefined ? {} : { authorization: `Bearer ${user}` };
      const html = await (await pages.fetch(new Request(`http://test${path}`, { headers }))).text();
      const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? "";
      return { html, token: read("data-live-token"), channel: read("data-live-channel"), root: read("<div id") };
    },
    connect: (page: { readonly token: string; readonly channel: string }, user?: string, cookie?: string) =>
      connect(server, page, {
        ...(user !== undefined && { token: user }),
        ...(cookie !== undefined && { headers: { cookie } }),
      }),
  };
}

function connect(
  server: InMemoryRealtimeServer,
  { token, channel }: { readonly token: string; readonly channel: string },
  handshake: Partial<RealtimeHandshake>,
): PageClient {
  const frames: ServerFrame[] = [];
  const client = server.connect({ onFrame: (frame) => frames.push(frame) }, handshake);
  let sent = 0;
  const request = async (frame: object): Promise<ServerFrame> => {
    const id = String((sent += 1));
    client.send({ id, channel, ...frame });
    const isReply = (one: ServerFrame) => one.type === "reply" && one.id === id;
    await expect.poll(() => frames.some(isReply), { interval: 1 }).toBe(true);
    return frames.find(isReply) as ServerFrame;
  };
  return {
    get patches() {
      return frames.flatMap((frame) => (frame.type === "message" ? [frame.payload as readonly unknown[]] : []));
    },
    get left() {
      return frames.flatMap((frame) => (frame.type === "left" ? [frame.error.code] : []));
    },
    async subscribe(given = token) {
      const reply = await request({ type: "subscribe", ask: { token: given } });
      if (reply.type !== "reply") return undefined;
      return reply.ok ? (reply.result as { readonly opening?: unknown }).opening : reply.error;
    },
    act: (a, v, i = `event-${sent}`) => request({ type: "message", payload: { a, v, r: sent, i } }),
    unsubscribe: () => request({ type: "unsubscribe" }),
    disconnect: () => client.close(),
    becomes: (userId) => request({ type: "refresh", token: userId }),
  };
}
