import { liveQuery } from "@repo/live-query";
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { z } from "zod";
import type { AnnotationTables } from "../../annotations/annotation-database";

// Compiles, and runs nothing: live queries run the statement under the user's role.
const db = new Kysely<AnnotationTables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The widgets that somebody sees, each with the number of its annotations that this person sees. */
export const widgetCounts = liveQuery("widget-counts", { args: z.strictObject({}), key: ["id"] }, () =>
  db
    .selectFrom("demo.widgets as w")
    .innerJoin("demo.hubs as h", "h.id", "w.hub_id")
    .leftJoin("demo.annotations as a", "a.widget_id", "w.id")
    .select(({ fn, cast }) => [
      "w.id",
      "w.name",
      "w.hub_id",
      "h.name as hub",
      "w.policy_scope",
      cast<number>(fn.count("a.id"), "integer").as("annotations"),
    ])
    .groupBy(["w.id", "h.id"])
    .orderBy("h.name")
    .orderBy("w.name"),
);
