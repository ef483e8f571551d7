import { Refusal } from "../refusal.js";
import { camelCase, checkSlug, pascalCase } from "./slug.js";

/** What the parts of a live table are called. */
export interface LiveTableNames {
  /** In SQL: `order_notes`. */
  readonly table: string;
  /** In file names: `order-notes`. */
  readonly slug: string;
  /** The value of `defineLiveTable`: `orderNotesTable`. */
  readonly liveTable: string;
  /** The queries and mutations of a client: `orderNotesOf`. */
  readonly clientOf: string;
  /** `useOrderNotes`. */
  readonly hook: string;
  /** The type of a row: `OrderNotesRow`. */
  readonly row: string;
}

const NAME = /^[a-z][a-z0-9]*([_-][a-z][a-z0-9]*)*$/;

/** The names of a live table, from its name in SQL or in kebab-case. */
export function liveTableNames(name: string): LiveTableNames {
  if (!NAME.test(name))
    throw new Refusal(`${JSON.stringify(name)} names no table: write it as in SQL, such as "order_notes".`);
  const slug = checkSlug(name.replaceAll("_", "-"), "table");
  return {
    table: slug.replaceAll("-", "_"),
    slug,
    liveTable: `${camelCase(slug)}Table`,
    clientOf: `${camelCase(slug)}Of`,
    hook: `use${pascalCase(slug)}`,
    row: `${pascalCase(slug)}Row`,
  };
}
