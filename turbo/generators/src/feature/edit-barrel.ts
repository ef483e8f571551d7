import { appendToList } from "../code/append-to-list.js";
import type { Style } from "../code/format.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { asTheFileSays, insertImport } from "../code/insert-import.js";
import { listSpan } from "../code/list-span.js";
import type { Source } from "../code/source.js";
import { statementAt, topLevelConst } from "../code/top-level-const.js";
import { Refusal } from "../refusal.js";
import { ANCHORS } from "./anchors.js";
import type { FeatureNames } from "./names.js";

interface Exported {
  readonly feature: FeatureNames;
  /** The channels, and where each is. */
  readonly modules: readonly NamedExport[];
}

/** Exports channels from their feature, and puts them on the list of the feature's channels. */
export async function exportChannel(source: Source, { feature, modules }: Exported, style: Style): Promise<void> {
  for (const module of modules) await exportName(source, module, style);
  const list = topLevelConst(source, feature.channels);
  if (list?.type !== "ArrayExpression")
    throw new Refusal(
      `${source.path} has no list of its channels. Paste this line at its end:\n\n  export const ${feature.channels} = [] as const;\n`,
    );
  const isListed = ({ name }: NamedExport) =>
    list.elements.some((entry) => entry?.type === "Identifier" && entry.name === name);
  const missing = modules.filter((module) => !isListed(module));
  const unit = statementAt(source, list.start);
  await appendToList(source, listSpan(source, list), { added: missing.map(({ name }) => name), unit, style });
  for (const { name, from } of missing) await insertImport(source, { names: [name], from }, style);
}

interface NamedExport {
  readonly name: string;
  readonly from: string;
}

/** Exports a name of one of the feature's modules, unless there is an export of that name. */
export async function exportName(source: Source, { name, from }: NamedExport, style: Style): Promise<void> {
  if (exportsName(source, name)) return;
  const code = `export { ${name} } from ${JSON.stringify(asTheFileSays(source, from))};`;
  await insertAtAnchor(source, { anchor: ANCHORS.channels, code, style });
}

/** Whether a module exports a name. */
export function exportsName({ module }: Source, name: string): boolean {
  return module.staticExports.some(({ entries }) => entries.some(({ exportName }) => exportName.name === name));
}
