import { expect, it } from "vitest";
import { splitStatements } from "./sql-text.js";

it.each<readonly [string, readonly string[]]>([
  ["select 1", ["select"]],
  [" /* a; */ -- b;\n SELECT ';' ; update t set a = 1;", ["select", "update"]],
  ["", []],
  [" ; ;-- nothing", []],
  [`select "a;""b" from x; delete from y`, ["select", "delete"]],
  ["select 'it''s;' ; select e'it\\'s;' ; values (1)", ["select", "select", "values"]],
  ["select $$a;b$$, $t$ $$;$$ $t$; table t", ["select", "table"]],
  ["select a$b$c; select $1; select x", ["select", "select", "select"]],
  ["(select 1) union (select 2)", ["("]],
  ["/* a /* b; */ c; */ with x as (select 1) select 2", ["with"]],
  ["select 1--;\n+1; call f()", ["select", "call"]],
])("splits %j", (sql, verbs) => {
  expect(splitStatements(sql).map(({ verb }) => verb)).toEqual(verbs);
});

it.each(["select 'a", 'select "a', "select $$a", "select /* a", "select e'a\\'", "select $a$ b $c$"])(
  "refuses %j, which does not end",
  (sql) => {
    expect(() => splitStatements(sql)).toThrow(SyntaxError);
  },
);

it("reads a text of a megabyte at once", () => {
  for (const long of [
    `select '${"a".repeat(1e6)}'`,
    `select /*${"*/ /*".repeat(2e5)}*/ 1`,
    `select ${"a+".repeat(3e5)}1`,
  ])
    expect(splitStatements(long)).toHaveLength(1);
});
