import { FakeClock } from "@repo/core-testing";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import type { Mutation } from "./record-change.js";
import { MIA, SAM } from "../testing/annotation-schema.js";
import { openLiveNode } from "../testing/live-node.js";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const annotation = (n: number, rest: object = {}) => ({
  op: "create",
  table: "annotations",
  row: { id: id(n), widget_id: 1, actor_id: MIA, body: `body ${n}`, ...rest },
});
const all = { table: "annotations", orderBy: [["body", "asc"]] } as const;
let mutations = 0;
const mutation = (...changes: readonly object[]) => ({ id: `mutation-${(mutations += 1)}`, changes });

onEachDatabase((_, open) => {
  it("creates, changes and deletes rows as the user, and replies with them", async () => {
    const { enter } = await openLiveNode(open);
    const mia = enter(MIA);
    const created = await mia.records(
      "mutate",
      mutation(annotation(1, { score: "9007199254740993", tags: ["a,b", 'c"'] })),
    );
    expect(created.rows).toMatchObject([
      { id: id(1), body: "body 1", score: "9007199254740993", tags: ["a,b", 'c"'], version: 1 },
    ]);
    const changed = await mia.records(
      "mutate",
      mutation({ op: "update", table: "annotations", id: id(1), set: { body: "new" }, expect: { version: 1 } }),
    );
    expect(changed.rows).toMatchObject([{ body: "new", version: 2 }]);
    expect((await mia.records("fetch", { query: all })).rows).toHaveLength(1);
    const gone = await mia.records("mutate", mutation({ op: "delete", table: "annotations", id: id(1) }));
    expect(gone.rows).toEqual([null]);
    expect((await mia.records("fetch", { query: all })).rows).toEqual([]);
  });

  it("has sent what a mutation changes when it replies", async () => {
    const { enter } = await openLiveNode(open);
    const mia = enter(MIA);
    const [list, count] = [await mia.open(all), await mia.open({ ...all, count: true })];
    for (const n of [1, 2, 3]) {
      await mia.records("mutate", mutation(annotation(n)));
      expect(list.rows).toHaveLength(n);
      expect(count.rows).toEqual([{ count: n }]);
    }
  });

  it("makes all changes of a mutation or none", async () => {
    const { enter } = await openLiveNode(open);
    const mia = enter(MIA);
    const refused = mia.records("mutate", mutation(annotation(1), annotation(1)));
    await expect(refused).rejects.toMatchObject({ reason: "CHANGE_REFUSED", data: { change: 1, fault: "duplicate" } });
    expect((await mia.records("fetch", { query: all })).rows).toEqual([]);
  });

  it("makes a mutation that is sent again once, also at the same time, and replies the same", async () => {
    const { enter, client } = await openLiveNode(open);
    const [tab, otherTab] = [enter(MIA), enter(MIA)];
    const once = mutation(annotation(1));
    const [first, second] = await Promise.all([tab.records("mutate", once), otherTab.records("mutate", once)]);
    expect(second).toEqual(first);
    expect(await tab.records("mutate", once)).toEqual(first);
    const [row] = await client.query<{ readonly n: number }>("select count(*)::int as n from annotations");
    expect(row?.n).toBe(1);
    const samesOwn = await enter(SAM).records("mutate", { ...once, changes: [annotation(2, { actor_id: SAM })] });
    expect(samesOwn.rows).toMatchObject([{ id: id(2) }]); // another user's id of the same text
  });

  it("refuses a change of a row with another version, and gives the row", async () => {
    const { enter, sql } = await openLiveNode(open);
    const mia = enter(MIA);
    await mia.records("mutate", mutation(annotation(1)));
    await sql(`update annotations set body = 'of another', version = 2`);
    const stale = { table: "annotations", id: id(1), expect: { version: 1 } };
    const conflict = { reason: "CONFLICT", data: { change: 0, row: { body: "of another", version: 2 } } };
    const update = mia.records("mutate", mutation({ op: "update", ...stale, set: { body: "mine" } }));
    await expect(update).rejects.toMatchObject(conflict);
    await expect(mia.records("mutate", mutation({ op: "delete", ...stale }))).rejects.toMatchObject(conflict);
    await sql("delete from annotations");
    const missing = mia.records("mutate", mutation({ op: "delete", ...stale }));
    await expect(missing).rejects.toMatchObject({ reason: "CONFLICT", data: { row: null } });
  });

  it("forgets what a mutation has replied after a day", async () => {
    const clock = new FakeClock();
    const { live, sql, client } = await openLiveNode(open, { clock });
    const mia = { userId: MIA, roles: [] };
    for (const n of [1, 2]) await live.mutate(mutation(annotation(n)) as unknown as Mutation, mia);
    await sql(
      "update realtime.mutations set made_at = now() - interval '25 hours' where id = (select max(id) from realtime.mutations)",
    );
    const count = async () =>
      (await client.query<{ readonly n: number }>("select count(*)::int as n from realtime.mutations"))[0]?.n;
    expect(await count()).toBe(2);
    clock.advance(60_000);
    await expect.poll(count).toBe(1);
  });

  it.each([
    ["a row of another user", annotation(2, { actor_id: SAM }), "forbidden"],
    ["a column that is not writable", annotation(2, { secret: "x" }), "forbidden"],
    ["a column that is not there", annotation(2, { nothing: 1 }), "forbidden"],
    ["a table that is not exposed", { ...annotation(2), table: "members" }, "forbidden"],
    [
      "a change of another user's row",
      { op: "update", table: "annotations", id: id(1), set: { body: "x" } },
      "forbidden",
    ],
    ["a deletion of another user's row", { op: "delete", table: "annotations", id: id(1) }, "forbidden"],
    ["a row that is not there", { op: "delete", table: "annotations", id: id(9) }, "missing"],
    ["a value of another type", annotation(2, { widget_id: "one" }), "invalid"],
    ["no value where one is needed", annotation(2, { body: null }), "invalid"],
    ["a reference to nothing", annotation(2, { widget_id: 99 }), "reference"],
    ["a key of other columns", { op: "delete", table: "annotations", id: { body: "x" } }, "invalid"],
  ])("refuses %s", async (_what, change, fault) => {
    const script = `insert into annotations (id, widget_id, actor_id, body) values ('${id(1)}', 3, '${SAM}', 'of Sam');`;
    const { enter, errors } = await openLiveNode(open, { script });
    const refused = enter(MIA).records("mutate", mutation(change));
    await expect(refused).rejects.toMatchObject({ code: "REFUSED", reason: "CHANGE_REFUSED", data: { fault } });
    expect(errors).toEqual([]);
  });
});
