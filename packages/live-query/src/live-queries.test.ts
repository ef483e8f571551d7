import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { MIA, SAM } from "./testing/annotation-schema.js";
import { openLiveNode } from "./testing/live-node.js";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const insert = (n: number, widget: number, actor = MIA) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('${id(n)}', ${widget}, '${actor}', 'body ${n}');`;
const ofWidget = (widget: number) =>
  ({ table: "annotations", where: ["widget_id", "=", widget], orderBy: [["body", "asc"]], select: ["body"] }) as const;

onEachDatabase((_, open) => {
  it("gives the rows that the user may see, and then what changes in them", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const mia = await enter(MIA).open(ofWidget(1));
    const sam = await enter(SAM).open(ofWidget(1));
    expect([mia.column("body"), sam.column("body")]).toEqual([["body 1"], []]);
    await sql(insert(3, 1, SAM) + insert(4, 2));
    await expect.poll(() => mia.column("body")).toEqual(["body 1", "body 3"]);
    await expect.poll(() => sam.column("body")).toEqual(["body 3"]);
    await sql(`update annotations set body = 'a first' where id = '${id(3)}'`);
    await expect.poll(() => mia.column("body")).toEqual(["a first", "body 1"]);
    await sql(`update annotations set widget_id = 1 where id = '${id(2)}'`);
    await expect.poll(() => sam.column("body")).toEqual(["a first", "body 2"]);
    await sql(`delete from annotations where id = '${id(1)}'`);
    await expect.poll(() => mia.column("body")).toEqual(["a first", "body 2"]);
  });

  it("gives and takes rows when what the policies read elsewhere changes", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2) });
    const sam = await enter(SAM).open({ table: "annotations", orderBy: [["body", "asc"]] });
    expect(sam.rows).toEqual([]);
    await sql(`update widgets set policy_scope = 'public' where id = 2`);
    await expect.poll(() => sam.column("body")).toEqual(["body 2"]);
    await sql(`insert into members values (1, '${SAM}')`);
    await expect.poll(() => sam.column("body")).toEqual(["body 1", "body 2"]);
    await sql(`delete from members where user_id = '${SAM}'; update widgets set policy_scope = 'private'`);
    await expect.poll(() => sam.column("body")).toEqual([]);
  });
});
