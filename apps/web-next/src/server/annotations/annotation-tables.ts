import { defineLiveTable } from "@repo/live-query";
import { z } from "zod";
import { CATEGORIES } from "../../annotations/annotation-database";

const MAX_BODY = 280; // as in the table's check

const text = { body: z.string().trim().min(1, "Write something.").max(MAX_BODY), category: z.enum(CATEGORIES) };

/** What the browser may read and write; row-level security decides on the rows. */
export const annotationTables = [
  defineLiveTable("demo.annotations", {
    columns: ["id", "widget_id", "author", "category", "body", "created_at"],
    writable: ["id", "widget_id", "author", "category", "body"],
    version: "version",
    schema: {
      create: z.object({ id: z.uuid(), widget_id: z.int(), author: z.string(), ...text }),
      update: z.object(text).partial(),
    },
  }),
  defineLiveTable("demo.widgets", { columns: ["id", "hub_id", "name", "policy_scope"], writable: ["policy_scope"] }),
  defineLiveTable("demo.members", { columns: ["hub_id", "user_id"], writable: ["hub_id", "user_id"] }),
];
