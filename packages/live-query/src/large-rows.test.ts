import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { MIA } from "./testing/annotation-schema.js";
import { openLiveNode } from "./testing/live-node.js";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const insert = (n: number, body: string) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('${id(n)}', 1, '${MIA}', ${body});`;

onEachDatabase((_, open) => {
  it("ends a subscription that cannot be sent a change, so that it begins anew and misses nothing", async () => {
    const { enter, sql, errors } = await openLiveNode(open, { script: insert(1, "'small'") });
    const client = enter(MIA);
    const shown = await client.open({ table: "annotations", select: ["body"] });
    const grow = (kilobytes: number) => sql(`update annotations set body = repeat('x', ${kilobytes} * 1024)`);
    await grow(200);
    await expect.poll(() => String(shown.rows[0]?.["body"]).length).toBe(200 * 1024);
    await grow(300);
    await expect
      .poll(() => client.frames.find(({ type }) => type === "left"))
      .toMatchObject({ error: { retryAfterMs: 500 } });
    expect(errors.length).toBe(1);
    const anew = await enter(MIA).open({ table: "annotations", select: ["body"] });
    expect(String(anew.rows[0]?.["body"]).length).toBe(300 * 1024);
    await grow(450);
    const refusal = () =>
      enter(MIA)
        .open({ table: "annotations", select: ["body"] })
        .then(
          () => "",
          ({ data }: { data: { why: string } }) => data.why,
        );
    await expect.poll(refusal).toContain("select fewer columns");
  });
});
