import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { openReads, USER } from "./reads-under-test.js";

onEachDatabase((_name, open) => {
  it("finds the tables of a statement, with the values that their columns must have", async () => {
    const reads = await openReads(open);
    const cases: readonly (readonly [sql: string, values: readonly unknown[], expected: readonly string[]])[] = [
      ["select 1", [], []],
      ["select * from widgets", [], ["widgets"]],
      ["select * from widgets where id = $1", [7], ['widgets.id="7"']],
      ["select * from widgets where $1 = id", [7n], ['widgets.id="7"']],
      ["select * from widgets where id = $1::integer", ["7"], ['widgets.id="7"']],
      ["select * from widgets where id = 7", [], ['widgets.id="7"']],
      ["select * from annotations where id = '7'", [], ["annotations.id=7"]],
      ["select * from annotations where id = 7::bigint", [], ["annotations"]], // a function's result
      ["select * from annotations where body = $1 and id > 3", ["a"], ['annotations.body="a"']],
      ["select * from annotations where body = 'ü'", [], ['annotations.body="ü"']],
      ["select * from annotations where is_open = true", [], ["annotations.is_open=true"]],
      ["select * from annotations where id = -1", [], ["annotations.id=-1"]],
      ["select * from annotations where body = $1 or id = 3", ["a"], ["annotations"]],
      ["select * from annotations where not (id = $1)", [1], ["annotations"]],
      ["select * from annotations where id <> $1", [1], ["annotations"]],
      ["select * from annotations where amount = $1", ["01.50"], ['annotations.amount="1.5"']],
      ["select * from annotations where amount = $1", [-0.25], ['annotations.amount="-0.25"']],
      ["select * from annotations where amount = $1::integer", [20], ['annotations.amount="20"']],
      ["select * from annotations where amount = 1.50", [], ['annotations.amount="1.5"']],
      ["select * from annotations where amount = -120000.00034", [], ['annotations.amount="-120000.00034"']],
      ["select * from annotations where amount = 120", [], ['annotations.amount="120"']],
      [
        "select * from annotations where amount = any ($1)",
        [[0, "2.0"]],
        ['annotations.amount="0"', 'annotations.amount="2"'],
      ],
      ["select * from annotations where amount = $1", [1e-7], ["annotations"]], // only Postgres can read it
      ["select * from annotations where amount = $1", ["NaN"], ["annotations"]],
      ["select * from annotations where amount = 'NaN'", [], ["annotations"]],
      ["select * from annotations where amount = $1::float8", [1], ["annotations"]], // another equality
      ["select * from annotations where amount = $1::numeric(3, 1)", ["1.25"], ["annotations"]], // rounded to another value
      ["select * from annotations where lower(body) = $1", ["a"], ["annotations"]],
      [`select * from annotations where body = $1 collate "C"`, ["a"], ["annotations"]],
      ["select * from annotations where id = $1", ["1.5"], ["annotations"]],
      ["select * from annotations where id = $1", [null], ["annotations.id=null"]],
      ["select * from annotations where author = $1 and id = $2", [USER, 1], ["annotations.id=1"]], // unique before others
      ["select * from annotations where author = $1", [USER.toUpperCase()], [`annotations.author="${USER}"`]],
      ["select * from annotations where author = $1::text::uuid", [USER], [`annotations.author="${USER}"`]],
      ["select * from annotations where author = $1", [`{${USER}}`], ["annotations"]], // only Postgres can read it
      ["select * from annotations where false", [], ["annotations"]],
      ["select * from annotations where id in ($1, $2, 9)", [1, 2], ids(1, 2, 9)],
      ["select * from annotations where id = any ($1)", [[1, 2]], ids(1, 2)],
      ["select * from annotations where id = any ($1)", ["{1,2}"], ["annotations"]],
      ["select * from annotations where id <> all ($1)", [[1, 2]], ["annotations"]],
      ["select * from annotations where id not in ($1, $2)", [1, 2], ["annotations"]],
      ["select * from annotations order by id limit 20", [], ["annotations"]],
      ["select count(*) from annotations where widget_id = $1 group by author", [1], ['annotations.widget_id="1"']],
      ["select * from annotations a, annotations b where a.id = $1 and b.id = $2", [1, 2], ids(1, 2)],
      ["select * from annotations a, annotations b where a.id = $1", [1], ["annotations"]],
      ["values (1), (2)", [], []],
      ["table widgets", [], ["widgets"]],
      ["(select * from widgets where id = $1)", [1], ['widgets.id="1"']],
    ];
    for (const [sql, values, expected] of cases) expect([sql, await reads(sql, values)]).toEqual([sql, expected]);
  });

  it("follows joins: what an outer join's condition requires of the side that is always there narrows nothing", async () => {
    const reads = await openReads(open);
    const cases: readonly (readonly [sql: string, expected: readonly string[]])[] = [
      ["w join annotations a on a.widget_id = w.id where w.id = $1", ['annotations.widget_id="1"', 'widgets.id="1"']],
      ["w join annotations a on a.widget_id = w.id and w.id = $1", ['annotations.widget_id="1"', 'widgets.id="1"']],
      ["w, annotations a where a.widget_id = w.id and a.id = $1", ["annotations.id=1", "widgets"]],
      ["w left join annotations a on a.id = $1", ["annotations.id=1", "widgets"]],
      ["w left join annotations a on w.id = $1", ["annotations", "widgets"]],
      [
        "w left join annotations a on a.widget_id = w.id where w.id = $1",
        ['annotations.widget_id="1"', 'widgets.id="1"'],
      ],
      ["w left join annotations a on true where a.id = $1", ["annotations.id=1", "widgets"]],
      ["w right join annotations a on a.widget_id = w.id and w.id = $1", ["annotations", 'widgets.id="1"']],
      ["w full join annotations a on a.widget_id = w.id and w.id = $1", ["annotations", "widgets"]],
      ["w full join annotations a on a.widget_id = w.id where w.id = $1", ["annotations", 'widgets.id="1"']],
      ["w join annotations a using (id) where id = $1", ["annotations.id=1", 'widgets.id="1"']],
      [
        "w cross join lateral (select from annotations a where a.widget_id = w.id) x where w.id = $1",
        ["annotations", 'widgets.id="1"'],
      ],
    ];
    for (const [rest, expected] of cases)
      expect([rest, await reads(`select from widgets ${rest}`, [1])]).toEqual([rest, expected]);
  });

  it("follows subqueries, CTEs, unions and views over views", async () => {
    const reads = await openReads(open);
    const cases: readonly (readonly [sql: string, expected: readonly string[]])[] = [
      [
        "select (select max(id) from annotations where widget_id = $1) from widgets where id = 2",
        ['annotations.widget_id="1"', 'widgets.id="2"'],
      ],
      [
        "select from widgets w where id = $1 and exists (select from annotations where widget_id = w.id)",
        ["annotations", 'widgets.id="1"'],
      ],
      [
        "select from widgets where id in (select widget_id from annotations where id = $1)",
        ["annotations.id=1", "widgets"],
      ],
      [
        "with a as (select * from annotations where id = $1) select from a, widgets where widgets.id = 2",
        ["annotations.id=1", 'widgets.id="2"'],
      ],
      [
        "with recursive r as (select 1 as n union all select n + 1 from r join widgets on id = n where n < $1) select from r",
        ["widgets"],
      ],
      [
        "select id from widgets where id = $1 union select id from annotations where id = 2",
        ["annotations.id=2", 'widgets.id="1"'],
      ],
      ["select from open_annotations where id = $1", ["annotations"]],
      ["select from named where id = $1", ["annotations", "widgets"]],
      ["select from widgets where id = $1 having (select count(*) from members) > 0", ["members", 'widgets.id="1"']],
    ];
    for (const [sql, expected] of cases) expect([sql, await reads(sql, [1])]).toEqual([sql, expected]);
  });
});

function ids(...values: readonly number[]): readonly string[] {
  return values.map((value) => `annotations.id=${value}`);
}
