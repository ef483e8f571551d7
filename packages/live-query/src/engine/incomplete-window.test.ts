import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { afterEach, expect, it, vi } from "vitest";
import { MIA } from "../testing/annotation-schema.js";
import { openLiveNode } from "../testing/live-node.js";
import { LiveWindow } from "./live-window.js";

const insert = (n: number) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('c0000000-0000-4000-8000-${String(n).padStart(12, "0")}', 1, '${MIA}', 'body ${n}');`;

afterEach(() => void vi.restoreAllMocks());

onEachDatabase((_, open) => {
  /** The lengths of what a client showed while the first rows were deleted, of a query that has always one row. */
  const lengthsShown = async () => {
    const { enter, sql } = await openLiveNode(open, { script: [1, 2, 3, 4, 5, 6].map(insert).join("") });
    const shown = await enter(MIA).open({ table: "annotations", orderBy: [["body", "asc"]], limit: 1 });
    await sql("delete from annotations where body < 'body 5'");
    await expect.poll(() => shown.column("body")).toEqual(["body 5"]);
    return new Set(shown.states.map(({ length }) => length));
  };

  it("does not show fewer rows than there are while the query fetches more", async () => {
    expect(await lengthsShown()).toEqual(new Set([1]));
  });

  it("would show them if changes were sent at once", async () => {
    vi.spyOn(LiveWindow.prototype, "isIncomplete", "get").mockReturnValue(false);
    expect(await lengthsShown()).toEqual(new Set([1, 0]));
  });
});
