import { expect, it } from "vitest";
import type { GeneratorInput } from "../input.js";
import { channel, fileOf, generated, ORDERS, planOn, type Files } from "../testing/generated.js";

const FEATURE = "packages/orders";
const PAGE: GeneratorInput = { generator: "live", feature: "orders", page: "order-board" };
const TABLE: GeneratorInput = { generator: "live-table", feature: "orders", table: "order_notes" };
const SQL: GeneratorInput = { generator: "sql-channel", feature: "orders", pattern: "order:%" };

function remove(what: string, slug: string, isForced = false): GeneratorInput {
  return { generator: "remove", what, feature: "orders", slug, isForced };
}

/** Without what stays: dependencies and entries of the package, and the compiler's types of browsers. */
function sources(files: Files): Files {
  return { ...files, [`${FEATURE}/package.json`]: "", [`${FEATURE}/tsconfig.json`]: "" };
}

it.each([
  ["a page", PAGE, remove("live", "order-board")],
  ["a live table, named as in SQL", TABLE, remove("live-table", "order_notes")],
  ["channels in SQL, by their pattern", SQL, remove("sql-channel", "order:%")],
])("takes out %s, and leaves what was there before and after", async (_what, input, removed) => {
  const others: GeneratorInput[] = [
    ORDERS,
    channel("status"),
    { generator: "live", feature: "orders", page: "other" },
    { generator: "live-table", feature: "orders", table: "others" },
    { generator: "sql-channel", feature: "orders", pattern: "other:%" },
  ];
  const before = await generated(others);
  const with_ = await generated([input], before);
  expect(Object.keys(with_).length).toBeGreaterThan(Object.keys(before).length);
  expect(sources(await generated([removed], with_))).toEqual(sources(before));
});

it.each([
  [PAGE, remove("live", "order-board"), `${FEATURE}/src/order-board.page.ts`],
  [TABLE, remove("live-table", "order_notes"), `${FEATURE}/migrations/0001_order-notes-table.sql`],
  [TABLE, remove("live-table", "order_notes"), `${FEATURE}/src/ui/use-order-notes.ts`],
  [SQL, remove("sql-channel", "order:%"), `${FEATURE}/migrations/0001_order-channel.sql`],
] as const)("refuses what was changed by hand, unless it is forced: %j", async (...[input, removed, path]) => {
  const files = await generated([ORDERS, input]);
  const changed = { ...files, [path]: `${fileOf(files, path)}-- mine\n` };
  const plan = planOn(changed, removed);
  await expect(plan).rejects.toThrow(`${path} was changed by hand. Add --force`);
  expect(Object.keys(await generated([{ ...removed, isForced: true } as GeneratorInput], changed))).not.toContain(path);
});

it.each([
  [PAGE, remove("live", "order-board"), `import { orderBoardPage } from "@repo/orders";\n`],
  [TABLE, remove("live-table", "order_notes"), `import { useOrderNotes } from "@repo/orders/ui/use-order-notes";\n`],
])("refuses what an app uses, and names the file: %j", async (input, removed, text) => {
  const files = await generated([ORDERS, input], { "apps/site/package.json": "{}", "apps/site/src/server.ts": text });
  await expect(planOn(files, removed)).rejects.toThrow("It is used in apps/site/src/server.ts");
});

it.each([
  ["live", "order-board", `${FEATURE}/src/order-board.page.ts is not there: nothing is removed.`],
  ["live-table", "order_notes", `${FEATURE}/migrations/0001_order-notes-table.sql is not there: nothing is removed.`],
  ["sql-channel", "order:%", `${FEATURE}/migrations/0001_order-channel.sql is not there: nothing is removed.`],
  ["table", "order_notes", "remove live-table orders <table>, remove live orders <page>, or remove feature orders."],
])("names what is not there, and what can be removed: %s %s", async (what, slug, sentence) => {
  await expect(planOn(await generated([ORDERS]), remove(what, slug))).rejects.toThrow(sentence);
});
