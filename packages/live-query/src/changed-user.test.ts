import type { RealtimeUser } from "@repo/core-realtime";
import { expect, it } from "vitest";
import type { OpenQuery, OpenRequest, QueryOpener } from "./engine/query-opener.js";
import { OpenQueries } from "./open-queries.js";

const MIA: RealtimeUser = { userId: "mia", roles: [] };
const SAM: RealtimeUser = { userId: "sam", roles: [] };

/** Opens a query when the test lets it, with one row that names its user. */
class ManualOpener implements Pick<QueryOpener, "open"> {
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  readonly #waiting: (() => void)[] = [];

  async open({ user, isWanted, onOpen }: OpenRequest): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!isWanted()) return;
    const { userId = "" } = user ?? {};
    this.opened.push(userId);
    onOpen(openQuery(userId, () => this.closed.push(userId)));
  }

  async letOne(): Promise<void> {
    await expect.poll(() => this.#waiting.length).toBeGreaterThan(0);
    this.#waiting.shift()?.();
  }
}

function openQuery(userId: string, close: () => void): OpenQuery {
  const rows = [{ key: userId, row: { of: userId } }];
  const done = () => Promise.resolve();
  return {
    rows,
    shown: rows,
    key: ["of"],
    isTruncated: false,
    isStale: false,
    sendFirst: () => undefined,
    sent: done,
    settled: done,
    close,
  };
}

it("opens a query for the user that the connection has by then, and shows nothing of an earlier user", async () => {
  const opener = new ManualOpener();
  const queries = new OpenQueries(opener as unknown as QueryOpener); // it has no other public member
  await queries.changeUser("c1", "live-query.a", MIA); // the guard, before the opening
  const ended = new AbortController();
  const opening = queries.open({
    ask: { query: { table: "notes" } },
    user: MIA,
    address: { name: "live-query.a" },
    connectionId: "c1",
    signal: ended.signal,
    send: () => Promise.resolve(true),
    sendTo: () => Promise.resolve(1),
    end: () => undefined,
  } as unknown as Parameters<OpenQueries["open"]>[0]); // what the opening reads of a request
  const changed = queries.changeUser("c1", "live-query.a", SAM);
  await opener.letOne(); // Mia's, which comes too late
  await opener.letOne();
  await expect(opening).resolves.toMatchObject({ rows: [{ of: "sam" }] });
  await changed;
  expect(opener.opened).toEqual(["sam"]);
  ended.abort();
  expect(opener.closed).toEqual(["sam"]);
});
