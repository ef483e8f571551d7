import { readdir } from "node:fs/promises";
import { error, type Check } from "./finding.js";

const FOLDER = new URL("../../../migrations/", import.meta.url);

/** Whether the database is in the state that this version of the code needs. */
export const checkSchema: Check = async ({ client }) => {
  const wanted = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql"));
  const [table] = await client.query<{ exists: boolean }>(
    "select to_regclass('realtime.migrations') is not null as exists",
  );
  if (!table?.exists) return [error("The database has no tables of realtime.", "npx fourgate-postgres migrate")];
  const rows = await client.query<{ name: string }>("select name from realtime.migrations");
  const applied = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !wanted.includes(name));
  return [
    ...(missing.length > 0
      ? [
          error(
            `The database lacks ${missing.length} migrations: ${missing.join(", ")}.`,
            "npx fourgate-postgres migrate",
          ),
        ]
      : []),
    ...(unknown.length > 0
      ? [
          error(
            `The database is newer than this version: ${unknown.join(", ")} is unknown here.`,
            "Upgrade the package that your nodes run.",
          ),
        ]
      : []),
  ];
};
