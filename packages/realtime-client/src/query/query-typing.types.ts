import { createRealtimeClient } from "../index.js";
import { createQueries } from "../query.js";

// Must compile, or must not: `tsc` is the test.
interface Annotation {
  readonly id: string;
  readonly widget_id: string;
  readonly score: number | null;
  readonly tags: readonly string[];
  readonly meta: { readonly color: string };
}
interface Database {
  annotations: {
    row: Annotation;
    insert: Omit<Annotation, "id"> & { readonly id?: string };
    update: Partial<Annotation>;
  };
}
interface Named {
  newest: { args: { readonly widget: string }; row: Pick<Annotation, "id"> };
}

const { query, liveQuery } = createQueries<Database, Named>(createRealtimeClient({ url: "/realtime" }));
const annotations = query("annotations");

export const rows: Promise<readonly Annotation[]> = annotations
  .where("widget_id", "7")
  .where("score", ">=", 3)
  .where("score", "in", [1, 2])
  .where("tags", "contains", ["a"])
  .where("widget_id", "like", "a%")
  .where(["score", "is null"])
  .where({ or: [["score", "<", 3], { not: ["tags", "contains", ["a"]] }, { and: [["widget_id", "=", "7"]] }] })
  .orderBy("score", "DESC")
  .distinctOn("score")
  .limit(50)
  .fetch();
export const picked: Promise<{ readonly id: string } | undefined> = annotations
  .select("id")
  .where("score", 1)
  .fetchOne();
annotations
  .select("id", "score")
  .watch(({ rows, status, isStale, error }) => [rows[0]?.score, status, isStale, error?.code]);
export const named: Promise<readonly { readonly id: string }[]> = liveQuery("newest", { widget: "7" }).fetch();
annotations.counted().watch(({ rows }) => rows[0]?.count.toFixed());

// @ts-expect-error no such table
query("notes");
// @ts-expect-error no such column
annotations.where("widget", "7");
// @ts-expect-error another type of value
annotations.where("widget_id", 7);
// @ts-expect-error a comparison with null
annotations.where("score", null);
// @ts-expect-error another type of value, with an operator
annotations.where("score", ">=", "3");
// @ts-expect-error no such operator
annotations.where("score", "~", 3);
// @ts-expect-error a single value
annotations.where("score", "in", 3);
// @ts-expect-error a pattern for a number
annotations.where("score", "like", "3%");
// @ts-expect-error a column that is no array
annotations.where("score", "contains", [3]);
// @ts-expect-error items of another type
annotations.where("tags", "contains", [3]);
// @ts-expect-error another type of value within a group
annotations.where({ and: [["score", "=", "3"]] });
// @ts-expect-error no such column within a group
annotations.where({ not: ["scores", "is null"] });
// @ts-expect-error no such column
annotations.select("widget");
// @ts-expect-error no such column
annotations.orderBy("widget");
// @ts-expect-error no such direction
annotations.orderBy("score", "up");
// @ts-expect-error a column that was not selected
annotations.select("id").watch(({ rows }) => rows[0]?.score);
// @ts-expect-error other arguments
liveQuery("newest", { widget: 7 });
// @ts-expect-error no such query
liveQuery("oldest", { widget: "7" });
// @ts-expect-error a named query has what it has
liveQuery("newest", { widget: "7" }).limit(5);

// Without a database everything goes, and nothing is known.
const any = createQueries(createRealtimeClient({ url: "/realtime" }));
any
  .query("whatever")
  .where("a", 1)
  .where("b", "like", "c%")
  .where(["d", "is null"])
  .where("e", "contains", [1])
  .orderBy("f")
  // @ts-expect-error an unknown value
  .watch(({ rows }) => rows[0]?.a.length);
any.liveQuery("whatever", 7).watch(({ rows }) => rows[0]?.a);
