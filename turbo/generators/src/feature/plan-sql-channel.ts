import type { Style } from "../code/format.js";
import { sqlChannelTestTemplate } from "../template/sql-channel-test.template.js";
import { sqlChannelTemplate } from "../template/sql-channel.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ensureDependencies } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { migrationName } from "./migration-name.js";
import { sqlPattern } from "./sql-pattern.js";

/** Channels in SQL that somebody wants. */
export interface SqlChannelRequest {
  readonly feature: string;
  readonly pattern: string;
}

const NEEDS = { dependencies: [], devDependencies: ["@repo/realtime-postgres", "@types/node", "vitest"] };

/** A migration with a pattern and its policies, numbered after those that are there, and its test. */
export async function planSqlChannel(tree: Tree, request: SqlChannelRequest, style: Style): Promise<readonly Change[]> {
  const seed = sqlPattern(request.pattern);
  const files = new FeatureFiles(tree, request.feature);
  const migration = migrationName(tree, files.path("migrations"), `${seed.slug}-channel.sql`);
  const path = files.path(`migrations/${migration}`);
  const test = {
    [files.path(`src/realtime/${seed.slug}.sql-channel.test.ts`)]: sqlChannelTestTemplate(seed, migration),
  };
  return realChanges([
    ...(tree.read(path) === undefined ? [{ path, before: undefined, after: sqlChannelTemplate(seed) }] : []), // Prettier knows no SQL
    ...(await newFiles(tree, test, style)),
    await ensureDependencies(files.path("package.json"), files.read("package.json"), NEEDS),
  ]);
}
