import type { ExportDefaultDeclarationKind } from "oxc-parser";
import { appendToList } from "../code/append-to-list.js";
import { formatFile, type Style } from "../code/format.js";
import { insertImport } from "../code/insert-import.js";
import { argumentSpan, listSpan, type ListSpan } from "../code/list-span.js";
import { changeOf, openSource, type Source } from "../code/source.js";
import { Refusal } from "../refusal.js";
import { eslintConfigTemplate, eslintRealtimeTemplate } from "../template/eslint.template.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";

const CONFIGS = ["js", "mjs", "ts", "mts"].map((extension) => `eslint.config.${extension}`); // ESLint looks in this order
const OURS = "eslint.realtime.mjs";
const NAME = "realtimeLint";

/** The rules, in a file of their own, taken into the workspace's ESLint config. */
export async function wireEslint(tree: Tree, style: Style): Promise<readonly Change[]> {
  const path = CONFIGS.find((config) => tree.read(config) !== undefined) ?? "eslint.config.mjs";
  const before = tree.read(path);
  if (before?.includes("eslint-plugin-realtime")) return []; // wired by hand
  const rules = tree.read(OURS) ?? (await formatFile(OURS, eslintRealtimeTemplate(NAME), style));
  const created = { path: OURS, before: tree.read(OURS), after: rules };
  if (before === undefined)
    return [created, { path, before, after: await formatFile(path, eslintConfigTemplate(NAME, `./${OURS}`), style) }];
  const source = openSource(path, before);
  const isWired = source.module.staticImports.some(({ moduleRequest }) => moduleRequest.value === `./${OURS}`);
  if (isWired) return [created];
  const list = exportedList(source);
  if (!list)
    throw new Refusal(
      `${path} exports no list that can be added to. Paste these there and run this again:\n\n  import { ${NAME} } from "./${OURS}";\n  ...${NAME} // the last entry\n`,
    );
  await appendToList(source, list, { added: [`...${NAME}`], style });
  await insertImport(source, { names: [NAME], from: `./${OURS}` }, style);
  return [created, changeOf(source)];
}

/** `export default [ … ]`, `export default defineConfig([ … ])` or `export default defineConfig( … )`. */
function exportedList(source: Source): ListSpan | undefined {
  const exported = source.program.body.find((statement) => statement.type === "ExportDefaultDeclaration");
  const node = exported && inner(exported.declaration);
  if (node?.type === "ArrayExpression") return listSpan(source, node);
  if (node?.type !== "CallExpression") return undefined;
  const [first, ...others] = node.arguments;
  return others.length === 0 && first?.type === "ArrayExpression"
    ? listSpan(source, first)
    : argumentSpan(source, node);
}

function inner(node: ExportDefaultDeclarationKind): ExportDefaultDeclarationKind {
  const isWrapper = node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression";
  return isWrapper || node.type === "ParenthesizedExpression" ? inner(node.expression) : node;
}
