import type { Style } from "../code/format.js";
import { sqlChannelTestTemplate } from "../template/sql-channel-test.template.js";
import { sqlChannelTemplate } from "../template/sql-channel.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { FeatureFiles } from "./feature-files.js";
import { checkIsOurs, checkIsThere, removal } from "./handmade.js";
import { migrationName } from "./migration-name.js";
import type { RemoveRequest } from "./plan-remove.js";
import { sqlPattern } from "./sql-pattern.js";

/** The migration of a pattern and its test, taken out. What the migration has done to a database stays there. */
export async function planRemoveSqlChannel(
  tree: Tree,
  request: RemoveRequest,
  style: Style,
): Promise<readonly Change[]> {
  const seed = sqlPattern(request.slug);
  const files = new FeatureFiles(tree, request.feature);
  const migration = migrationName(tree, files.path("migrations"), `${seed.slug}-channel.sql`);
  const ours = new Map([
    [files.path(`migrations/${migration}`), [sqlChannelTemplate(seed)]],
    [files.path(`src/realtime/${seed.slug}.sql-channel.test.ts`), [sqlChannelTestTemplate(seed, migration)]],
  ]);
  const paths = checkIsThere(tree, [...ours.keys()]);
  if (!request.isForced) await checkIsOurs(tree, { paths, ours }, style);
  return realChanges(paths.map((path) => removal(tree, path)));
}
