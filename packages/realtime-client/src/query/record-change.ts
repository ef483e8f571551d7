import type { DatabaseOf } from "./database.js";

/** What identifies a row: the value of its key column, or of several by name. */
export type RecordId = string | number | Readonly<Record<string, string | number>>;

/** What a row must be like for a change to be made: the version that the change is based on. */
export interface Expected {
  /** The version that the row must still have; else the change is refused as a conflict. */
  readonly expect?: { readonly version: number | string } | undefined;
}

/** One change of a row, as it is sent. */
export type RecordChange =
  | { readonly op: "create"; readonly table: string; readonly row: object }
  | ({ readonly op: "update"; readonly table: string; readonly id: RecordId; readonly set: object } & Expected)
  | ({ readonly op: "delete"; readonly table: string; readonly id: RecordId } & Expected);

/** One change of a row, typed by a database. */
export type ChangeOf<Database extends DatabaseOf<Database>> = {
  [Table in keyof Database & string]:
    | { readonly op: "create"; readonly table: Table; readonly row: Database[Table]["insert"] }
    | ({
        readonly op: "update";
        readonly table: Table;
        readonly id: RecordId;
        readonly set: Database[Table]["update"];
      } & Expected)
    | ({ readonly op: "delete"; readonly table: Table; readonly id: RecordId } & Expected);
}[keyof Database & string];
