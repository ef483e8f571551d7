import { createRealtimeClient } from "@repo/realtime-client";
import {
  createMutations,
  createQueries,
  type DatabaseOfDrizzle,
  type DatabaseOfKysely,
} from "@repo/realtime-client/query";
import { bigint, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { ColumnType, Generated } from "kysely";

// Must compile, or must not: `tsc` is the test.
const client = createRealtimeClient({ url: "/realtime" });

interface DB {
  readonly annotations: {
    readonly id: Generated<string>;
    readonly widget_id: number;
    readonly created_at: ColumnType<Date, Date | undefined, never>;
    readonly note: string | null;
  };
}
const kysely = {
  ...createQueries<DatabaseOfKysely<DB>>(client),
  ...createMutations<DatabaseOfKysely<DB>>(client),
};
const row = await kysely.query("annotations").where("widget_id", 7).orderBy("created_at").fetchOne();
export const createdAt: string | undefined = row?.created_at;
export const note: string | null | undefined = row?.note;
await kysely.createRecord("annotations", { widget_id: 7, note: null });
await kysely.createRecord("annotations", { widget_id: 7, note: "a", id: "b", created_at: "2026-01-01" });
await kysely.updateRecord("annotations", "b", { note: "c" });
// @ts-expect-error another type
kysely.query("annotations").where("widget_id", "7");
// @ts-expect-error no such column
kysely.query("annotations").where("secret", "7");
// @ts-expect-error a column without a default is missing
await kysely.createRecord("annotations", { note: null });
// @ts-expect-error a column that is never updated
await kysely.updateRecord("annotations", "b", { created_at: "2026-01-01" });

const notes = pgTable("notes", {
  id: uuid().defaultRandom().primaryKey(),
  widgetId: integer("widget_id").notNull(),
  createdAt: timestamp("created_at").notNull().defaultNow(),
  score: bigint({ mode: "bigint" }),
  tags: text().array(),
});
const schema = { notes, other: "no table" };
const drizzle = {
  ...createQueries<DatabaseOfDrizzle<typeof schema>>(client),
  ...createMutations<DatabaseOfDrizzle<typeof schema>>(client),
};
const found = await drizzle.query("notes").where("widget_id", 7).where("tags", "contains", ["a"]).fetchOne();
export const at: string | undefined = found?.created_at;
export const score: string | null | undefined = found?.score;
await drizzle.createRecord("notes", { widget_id: 7, score: "9007199254740993" });
// @ts-expect-error the name in the database, not the one in the code
drizzle.query("notes").where("widgetId", 7);
// @ts-expect-error a column without a default is missing
await drizzle.createRecord("notes", {});
