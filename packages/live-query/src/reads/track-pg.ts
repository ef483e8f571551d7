import { bound, recordStatement } from "./recording.js";
import { withMethods } from "./with-methods.js";

/** A pool or a client of the driver `pg`, by structure. */
export interface PgQueryable {
  // the driver has many signatures; arguments are passed on unchanged
  /** Runs one statement. */
  query(...args: never[]): unknown;
}

/**
 * The same pool or client, whose statements `recordReads` sees: texts, prepared and named statements, callbacks, and the clients that a
 * pool gives out. Outside of a recording it costs one look-up.
 */
export function trackPg<T extends PgQueryable>(database: T): T {
  return withMethods(database, {
    query:
      (original) =>
      (statement, ...rest) => {
        record(statement, rest[0]);
        return original(statement, ...rest.map(bound));
      },
    connect:
      (original) =>
      (...args) => {
        const [callback] = args;
        if (typeof callback === "function") {
          const track = (error: unknown, client: unknown, release: unknown) =>
            callback(error, isQueryable(client) ? trackPg(client) : client, release);
          return original(bound(track));
        }
        const connected = original(...args);
        return isPromise(connected)
          ? connected.then((client) => (isQueryable(client) ? trackPg(client) : client))
          : connected;
      },
  });
}

/** A text with values, an object with both, or a cursor that holds them. */
function record(statement: unknown, values: unknown): void {
  if (typeof statement === "string") return recordStatement(statement, values);
  if (typeof statement !== "object" || statement === null) return;
  const inner =
    "cursor" in statement && typeof statement.cursor === "object" && statement.cursor ? statement.cursor : statement;
  if ("text" in inner)
    recordStatement(inner.text, Array.isArray(values) ? values : "values" in inner ? inner.values : []);
}

function isQueryable(value: unknown): value is PgQueryable {
  return typeof value === "object" && value !== null && "query" in value;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
