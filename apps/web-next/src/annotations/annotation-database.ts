import type { DatabaseOfKysely } from "@repo/realtime-client/query";
import type { ColumnType, Generated } from "kysely";

/** Postgres fills it in; clients do not write it. */
type ReadOnly<Type> = ColumnType<Type, never, never>;

/** What is written about a widget. */
export interface AnnotationTable {
  readonly id: Generated<string>;
  readonly widget_id: number;
  readonly author: string;
  readonly category: Category;
  readonly body: string;
  readonly version: ReadOnly<number>;
  readonly created_at: ReadOnly<Date>;
}

export const CATEGORIES = ["friction", "wish", "defect"] as const;

export type Category = (typeof CATEGORIES)[number];

/** The tables, as Kysely knows them on the server. */
export interface AnnotationTables {
  readonly "demo.annotations": AnnotationTable;
  readonly "demo.hubs": { readonly id: string; readonly name: string; readonly site: string };
  readonly "demo.members": { readonly hub_id: string; readonly user_id: string };
  readonly "demo.widgets": {
    readonly id: number;
    readonly hub_id: string;
    readonly name: string;
    readonly policy_scope: Scope;
  };
}

/** Who sees what is written about a widget: the members of its hub, or everybody. */
export type Scope = "private" | "public";

/** The live tables, as the browser's queries have them: each value is JSON. */
export type AnnotationDatabase = DatabaseOfKysely<
  Pick<AnnotationTables, "demo.annotations" | "demo.members" | "demo.widgets">
>;

export type Annotation = AnnotationDatabase["demo.annotations"]["row"];
export type Member = AnnotationDatabase["demo.members"]["row"];

/** A widget that one sees, with the number of its annotations that one sees. */
export interface CountedWidget {
  readonly id: number;
  readonly name: string;
  readonly hub_id: string;
  readonly hub: string;
  readonly policy_scope: Scope;
  readonly annotations: number;
}

/** The queries that the server has written. */
export interface AnnotationQueries {
  readonly "widget-counts": { readonly args: object; readonly row: CountedWidget };
}
