import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { ILogger } from "@repo/core-observability";
import { PgliteClient, type SqlClient } from "@repo/realtime-postgres";
import { carryOverBoard } from "@repo/tasks/server";

export interface OldBoardParts {
  readonly client: SqlClient;
  /** Of the database that the board once had for itself; undefined: nothing is to be looked for. */
  readonly folder: string | undefined;
  readonly logger: Pick<ILogger, "warn">;
}

/** Moves the board of an older version of this app into the database, once, and logs what became of it. Its folder is kept under another name. */
export async function carryOldBoard({ client, folder, logger }: OldBoardParts): Promise<void> {
  if (folder === undefined || !existsSync(join(folder, "complete"))) return;
  let old: PgliteClient | undefined;
  const cards = await carryOverBoard(client, async () => (old = await PgliteClient.open({ folder }))).finally(() =>
    old?.close(),
  );
  if (cards === undefined)
    return logger.warn(
      { folder },
      `${folder} has a board, and so has the database, which is used. Move the folder away.`,
    );
  const kept = `${folder}.carried-over`;
  await rename(folder, kept);
  logger.warn({ folder: kept }, `The ${cards} cards of ${folder} are in the database now. You may delete ${kept}.`);
}
