import { liveTableHookTemplate } from "../template/live-table-hook.template.js";
import { liveTableMigrationTemplate } from "../template/live-table-migration.template.js";
import { liveTableTestTemplate } from "../template/live-table-test.template.js";
import { liveTableDatabaseTemplate, liveTableTemplate } from "../template/live-table.template.js";
import type { Tree } from "../workspace/tree.js";
import type { FeatureFiles } from "./feature-files.js";
import type { LiveTableNames } from "./live-table-names.js";
import { migrationName } from "./migration-name.js";

interface TemplateText {
  readonly path: string;
  readonly text: string;
}

/** The files of a live table: its migration, which has the number that it has or would get, and the code. */
export function liveTableFiles(
  tree: Tree,
  files: FeatureFiles,
  names: LiveTableNames,
): { readonly migration: TemplateText; readonly code: readonly TemplateText[] } {
  const { slug } = names;
  const migration = migrationName(tree, files.path("migrations"), `${slug}-table.sql`);
  const code = (file: string, text: string) => ({ path: files.path(file), text });
  return {
    migration: { path: files.path(`migrations/${migration}`), text: liveTableMigrationTemplate(names) },
    code: [
      code(`src/live/${slug}.live-table.ts`, liveTableTemplate(names)),
      code(`src/live/${slug}.live-table.test.ts`, liveTableTestTemplate(names, migration)),
      code(`src/live/${slug}.database.ts`, liveTableDatabaseTemplate(names)),
      code(`src/ui/use-${slug}.ts`, liveTableHookTemplate(names)),
    ],
  };
}
