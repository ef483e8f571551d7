import { liveQueryChannel } from "@repo/live-query";
import { createQueries, type QueryClient } from "@repo/realtime-client/query";
import { expect, it } from "vitest";

interface Ask {
  readonly query: object;
  readonly have?: readonly string[];
}

/** What a client with so many rows passes when it subscribes. */
function askWith(count: number): Ask {
  let ask: unknown;
  const raw = (_name: string, options?: { readonly ask: () => unknown }) => {
    ask = options?.ask();
    return { subscribe: () => () => undefined, state: { status: "subscribing" } };
  };
  const { query } = createQueries({ channel: { raw } } as unknown as QueryClient); // the part of a client that a query uses
  const rows = Array.from({ length: count }, (_, id) => ({ id: String(id) }));
  const notes = query("notes").orderBy("id");
  const live = notes.live({ query: notes.node, key: ["id"], rows });
  live.watch(() => undefined)();
  return ask as Ask;
}

const isAccepted = async (ask: Ask): Promise<boolean> => {
  const result = await liveQueryChannel.ask?.["~standard"].validate(ask);
  return result?.issues === undefined;
};

it("states as many rows as the server takes, and none where there are more", async () => {
  const most = askWith(500);
  expect(most.have).toHaveLength(500);
  expect(await isAccepted(most)).toBe(true);
  expect(await isAccepted({ ...most, have: [...(most.have ?? []), "one more"] })).toBe(false);
  expect(askWith(501).have).toBeUndefined();
});
