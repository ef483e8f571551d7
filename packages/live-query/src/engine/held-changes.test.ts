import { ChangeFeed, type SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { MIA, ROWS, SCHEMA } from "../testing/annotation-schema.js";
import { annotations, startLiveNode } from "../testing/live-node.js";
import { LiveWindow } from "./live-window.js";

const insert = (n: number) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('c0000000-0000-4000-8000-${String(n).padStart(12, "0")}', 1, '${MIA}', 'body ${n}');`;
const ALL = { table: "annotations", orderBy: [["body", "asc"]], select: ["body"] } as const;

/** The same client; the next reading transaction ends when `go` is called. */
function held(client: SqlClient) {
  let [go, hasRead]: (() => void)[] = [];
  const state = { isNext: false, read: Promise.resolve(), go: () => go?.() };
  const hold = () => {
    state.isNext = true;
    state.read = new Promise((resolve) => (hasRead = resolve));
  };
  const transaction: SqlClient["transaction"] = async (work, isolation) => {
    const isHeld = isolation !== undefined && state.isNext;
    if (isHeld) state.isNext = false;
    const result = await client.transaction(work, isolation);
    if (isHeld) {
      const going = new Promise<void>((resolve) => (go = resolve));
      hasRead?.();
      await going;
    }
    return result;
  };
  const proxy: SqlClient = {
    query: (sql, values) => client.query(sql, values),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
    transaction,
  };
  return { client: proxy, hold, state };
}

afterEach(() => void vi.restoreAllMocks());

onEachDatabase((_, open) => {
  const openDuringChanges = async () => {
    const { client } = await open();
    const sql = async (script: string) =>
      client.transaction(async (connection) => {
        await connection.execute(script);
        const [row] = await connection.query<{ readonly xid: string }>("select pg_current_xact_id()::text as xid");
        return BigInt(row?.xid ?? 0);
      });
    await sql(SCHEMA + ROWS + insert(1) + insert(4));
    const feed = new ChangeFeed({ client });
    await feed.start();
    onTestFinished(() => feed.close());
    const { client: slow, hold, state } = held(client);
    const { enter } = await startLiveNode(slow, { tables: [annotations], feed });
    await enter(MIA).open({ ...ALL, limit: 1 }); // the table's policies are read
    hold();
    const opening = enter(MIA).open(ALL);
    await state.read;
    await feed.passed(
      await sql(
        `${insert(2)} update annotations set body = 'body 0' where body = 'body 4'; delete from annotations where body = 'body 1'`,
      ),
    );
    state.go();
    return opening;
  };

  it("applies what was committed while the query of a window ran", async () => {
    const shown = await openDuringChanges();
    await expect.poll(() => shown.column("body")).toEqual(["body 0", "body 2"]);
  });

  it("would miss it if changes were not held while the query runs", async () => {
    const { take } = LiveWindow.prototype;
    vi.spyOn(LiveWindow.prototype, "take").mockImplementation(function (this: LiveWindow, step) {
      if (!this.loading) take.call(this, step);
    });
    const shown = await openDuringChanges();
    expect(shown.column("body")).toEqual(["body 1", "body 4"]);
  });
});
