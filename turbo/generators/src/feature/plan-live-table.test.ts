import { check } from "prettier";
import { expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { fileOf, generated, ORDERS, planOn, STYLE } from "../testing/generated.js";
import { liveTableNames } from "./live-table-names.js";

const liveTable = (table: string) => ({ generator: "live-table", feature: "orders", table }) as const;
const MIGRATION = "packages/orders/migrations/0001_order-notes-table.sql";
const HOOK = "packages/orders/src/ui/use-order-notes.ts";

it("writes a migration, the table's description, a query for React, the types of its rows, and a test", async () => {
  const files = await generated([ORDERS, liveTable("order_notes")]);
  const migration = fileOf(files, MIGRATION);
  expect(migration).toContain("alter table public.order_notes enable row level security");
  expect(migration).toContain("select realtime.watch_table('public.order_notes')");
  expect(fileOf(files, "packages/orders/src/live/order-notes.live-table.ts")).toContain(
    `orderNotesTable = defineLiveTable("order_notes"`,
  );
  expect(fileOf(files, HOOK)).toContain("useQuery(newest, { preloaded })");
  expect(fileOf(files, "packages/orders/src/live/order-notes.database.ts")).toContain("readonly order_notes: {");
  expect(fileOf(files, "packages/orders/src/live/order-notes.live-table.test.ts")).toContain(
    `"../../migrations/0001_order-notes-table.sql"`,
  );
});

it("gives the browser's part and the server's part entries of their own, and the feature what they need", async () => {
  const files = await generated([ORDERS, liveTable("order_notes")]);
  expect(JSON.parse(fileOf(files, "packages/orders/package.json"))).toMatchObject({
    exports: { ".": {}, "./live/*": { types: "./dist/live/*.d.ts" }, "./ui/*": { "@repo/source": "./src/ui/*.ts" } },
    dependencies: { "@repo/live-query": "workspace:*", "@repo/realtime-react": "workspace:*" },
    peerDependencies: { react: ">=19.2" },
  });
  expect(JSON.parse(fileOf(files, "packages/orders/tsconfig.json")).compilerOptions.lib).toContain("DOM");
});

it("numbers its migration after those that are there, and takes a name in kebab-case", async () => {
  const sqlChannel = { generator: "sql-channel", feature: "orders", pattern: "order:%" } as const;
  const files = await generated([ORDERS, sqlChannel, liveTable("order-notes")]);
  expect(fileOf(files, "packages/orders/migrations/0002_order-notes-table.sql")).toContain("public.order_notes");
});

it("plans nothing the second time, and leaves files that are there to their authors", async () => {
  const files = await generated([ORDERS, liveTable("order_notes")]);
  expect(await planOn(files, liveTable("order_notes"))).toEqual([]);
  const mine = { ...files, [MIGRATION]: "-- mine", [HOOK]: "// mine" };
  expect(await planOn(mine, liveTable("order_notes"))).toEqual([]);
});

it.each([
  "",
  "Notes",
  "order notes",
  "public.notes",
  "notes; drop table x --",
  "1st",
  "notes_",
  "class",
  "n".repeat(41),
])("refuses the table %j", (table) => {
  expect(() => liveTableNames(table)).toThrow(Refusal);
});

it("leaves every file as Prettier would", async () => {
  const files = await generated([ORDERS, liveTable("order_notes"), liveTable("a_table_with_a_rather_long_name_of_it")]);
  const paths = Object.keys(files).filter((path) => !path.endsWith(".sql"));
  const untidy = [];
  for (const path of paths) if (!(await check(fileOf(files, path), { ...STYLE, filepath: path }))) untidy.push(path);
  expect(untidy).toEqual([]);
});
