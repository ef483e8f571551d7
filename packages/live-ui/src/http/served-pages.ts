import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveNode } from "@repo/core-realtime/server";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { createLivePages, html, live, type LivePage, type LivePagesOptions } from "../index.js";

const SECRET = "a secret of tests, longer than 32 bytes";

export const counter = live("/counter", {
  state: z.object({ count: z.number().default(0) }),
  actions: {
    increment: { run: ({ state }) => void (state.count += 1) },
    add: {
      input: z.object({ by: z.coerce.number().int() }),
      run: ({ state, input }) => void (state.count += input.by),
    },
    leave: { run: ({ navigate }) => navigate("/elsewhere") },
    fail: {
      run: () => {
        throw new Error("broken");
      },
    },
  },
  title: ({ state }) => `Counter ${state.count}`,
  render: ({ state }) => html`
    <output id="count">${state.count}</output>
    <form method="post" data-live-submit="increment"><button>+</button></form>
  `,
});

export const board = live("/boards/:boardId", {
  params: z.object({ boardId: z.coerce.number().int() }),
  state: z.object({}),
  scope: "authenticated",
  render: ({ params, user }) => html`<h1>Board ${params.boardId} of ${user?.userId}</h1>`,
});

export async function serve(pages: readonly LivePage[], options: Partial<LivePagesOptions> = {}) {
  const errors: unknown[] = [];
  const authenticator = {
    authenticate: ({ token }: { readonly token?: string | undefined }) =>
      token === undefined ? null : { userId: token, roles: [] },
  };
  const { fetch: endpoint } = createLivePages({
    pages,
    secrets: [SECRET],
    authenticator,
    onError: (cause) => errors.push(cause),
    ...options,
  });
  const server = createServer(serveNode(endpoint));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, { redirect: "manual", ...init });
  return { call, origin, errors };
}

/** What a browser that has loaded the page sends. */
export async function opened(call: (path: string, init?: RequestInit) => Promise<Response>, path: string) {
  const text = await (await call(path)).text();
  const token = /data-live-token="([^"]*)"/.exec(text)?.[1] ?? "";
  const root = /<div id="([^"]*)"/.exec(text)?.[1] ?? "";
  return { text, token, root };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is in it is asserted
export async function entriesOf(response: Promise<Response>): Promise<any[]> {
  return (await (await response).json()) as never;
}

export function action(body: object): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/vnd.fourgate.live+json" },
    body: JSON.stringify(body),
  };
}
