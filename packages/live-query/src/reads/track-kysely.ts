import type { Kysely, KyselyPlugin } from "kysely";
import { recordings } from "./recording.js";

/** The same Kysely database, whose statements `recordReads` sees, in transactions too; whatever its dialect. Its types need `kysely`, its code does not. */
export function trackKysely<DB>(database: Kysely<DB>): Kysely<DB> {
  const compiler = database.getExecutor();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      const recording = recordings.getStore();
      if (recording) {
        const { sql, parameters } = compiler.compileQuery(node, queryId);
        recording.statement(sql, parameters);
      }
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return database.withPlugin(plugin); // after the app's own plugins: it sees what they make
}
