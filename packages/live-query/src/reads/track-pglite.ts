import { recordStatement } from "./recording.js";
import { withMethods } from "./with-methods.js";

/** What of PGlite is tracked, by structure. */
export interface PgliteQueryable {
  /** Runs one statement with its values. */
  query(...args: never[]): Promise<unknown>;
  /** Runs the statement of a template literal. */
  sql(...args: never[]): Promise<unknown>;
  /** Runs several statements without values. */
  exec(...args: never[]): Promise<unknown>;
  /** Runs work in a transaction. */
  transaction(...args: never[]): Promise<unknown>;
}

/** The same PGlite, whose statements `recordReads` sees, in transactions too; `live` and other extensions are not seen. */
export function trackPglite<T extends PgliteQueryable>(database: T): T {
  return withMethods(database, {
    ...statements(database),
    transaction:
      (original) =>
      (work, ...rest) => {
        if (typeof work !== "function") return original(work, ...rest);
        return original(
          (transaction: object) => work(withMethods(transaction, statements(database, transaction))),
          ...rest,
        );
      },
  });
}

type Wrappers = Parameters<typeof withMethods>[1];

/** Of the database, or of a transaction: both have the same methods. The template tag of the database makes the text for both. */
function statements(database: PgliteQueryable, target: object = database): Wrappers {
  const query = (...args: unknown[]): unknown => {
    recordStatement(args[0], args[1]);
    return Reflect.apply(Reflect.get(target, "query"), target, args);
  };
  return {
    query: () => query,
    sql:
      () =>
      (...args) =>
        Reflect.apply(database.sql, { query }, args as never[]),
    exec:
      (original) =>
      (...args) => {
        recordStatement(args[0], []);
        return original(...args);
      },
  };
}
