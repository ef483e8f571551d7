import { migrationStatus, type MigrationState } from "../../migrations/migration-status.js";
import { error, type Check } from "./finding.js";

/** Whether the database is in the state that this version of the code needs. */
export const checkSchema: Check = async ({ client }) => {
  const states = await migrationStatus(client);
  const [pending, changed, unknown] = [
    namesOf(states, "pending"),
    namesOf(states, "changed"),
    namesOf(states, "unknown"),
  ];
  const migrate = "npx fourgate-postgres migrate";
  if (pending.length === states.length) return [error("The database has no tables of realtime.", migrate)];
  return [
    ...(pending.length > 0 ? [error(`The database lacks the migrations ${pending.join(", ")}.`, migrate)] : []),
    ...(unknown.length > 0
      ? [
          error(
            `The database is newer than this version, which does not know ${unknown.join(", ")}.`,
            "Upgrade the package that your nodes run.",
          ),
        ]
      : []),
    ...(changed.length > 0
      ? [
          error(
            `Other files were applied than this version has: ${changed.join(", ")}.`,
            "Run the version that applied them, or restore the database.",
          ),
        ]
      : []),
  ];
};

function namesOf(states: readonly MigrationState[], state: MigrationState["state"]): readonly string[] {
  return states.filter((one) => one.state === state).map(({ name }) => name);
}
