import type { Directive, ImportDeclaration, Statement } from "oxc-parser";
import { Refusal } from "../refusal.js";
import { appendToList } from "./append-to-list.js";
import { formatStatement, type Style } from "./format.js";
import { importSpan } from "./list-span.js";
import { restOfLine } from "./skip-trivia.js";
import type { Source } from "./source.js";

/** Names and the module that they come from. */
export interface NamedImport {
  readonly names: readonly string[];
  readonly from: string;
  /** Only their types: nothing of the module reaches a bundle. */
  readonly isType?: boolean;
}

/** Imports names, in the import that the file already has from there, or in one of its own, in order. */
export async function insertImport(source: Source, wanted: NamedImport, style: Style): Promise<void> {
  const { names, from, isType = false } = wanted;
  const imports = source.program.body.filter((statement) => statement.type === "ImportDeclaration");
  const missing = names.filter((name) => !imports.some((node) => brings(node, { name, from, isType })));
  if (missing.length === 0) return;
  for (const name of missing) checkIsFree(source, name);
  const same = imports.find((node) => isFrom(node, from) && (node.importKind === "type") === isType);
  const list = same && importSpan(source, same);
  if (list) return appendToList(source, list, { added: missing, unit: same, style });
  const code = await formatStatement(
    `import ${isType ? "type " : ""}{ ${missing.join(", ")} } from ${JSON.stringify(asTheFileSays(source, from))};`,
    style,
  );
  const text = code.split("\n").join(source.eol);
  const before = imports.findLast((node) => rankOf(node.source.value) <= rankOf(from));
  const [first] = imports;
  if (before) source.edits.appendLeft(restOfLine(source, before.end), source.eol + text);
  else if (first) source.edits.appendLeft(first.start, text + source.eol);
  else source.edits.appendLeft(startOfCode(source), text + source.eol + source.eol);
}

function checkIsFree({ program, path }: Source, name: string): void {
  if (!program.body.some((statement) => declares(statement, name))) return;
  throw new Refusal(`${path} means something else by "${name}": rename that and run this again.`);
}

function declares(statement: Directive | Statement, name: string): boolean {
  if (statement.type === "ImportDeclaration") return statement.specifiers.some(({ local }) => local.name === name);
  if (statement.type === "ExportNamedDeclaration")
    return statement.declaration !== null && declares(statement.declaration, name);
  if (statement.type === "VariableDeclaration")
    return statement.declarations.some(({ id }) => id.type === "Identifier" && id.name === name);
  const isNamed = statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration";
  return isNamed && statement.id?.name === name;
}

/** Sorts packages before `../` before `./`, and by name within each. */
function rankOf(from: string): string {
  const distance = from.startsWith("./") ? 2 : from.startsWith("../") ? 1 : 0;
  return `${distance} ${from}`;
}

/** A relative module ends in `.js` in a file whose other relative modules do. */
export function asTheFileSays({ module }: Source, from: string): string {
  const says = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const saysJs = says.some((other) => other.startsWith(".") && other.endsWith(".js"));
  return saysJs && from.startsWith(".") && !from.endsWith(".mjs") ? `${from}.js` : from;
}

function isFrom({ source }: ImportDeclaration, from: string): boolean {
  return source.value === from || source.value === `${from}.js`;
}

interface Wanted {
  readonly name: string;
  readonly from: string;
  readonly isType: boolean;
}

/** A value brings its type along, a type no value. */
function brings(node: ImportDeclaration, { name, from, isType }: Wanted): boolean {
  if (!isFrom(node, from) || (node.importKind === "type" && !isType)) return false;
  return node.specifiers.some(({ type, local }) => type === "ImportSpecifier" && local.name === name);
}

/** After a byte order mark, a shebang and directives, all of which must stay first. */
function startOfCode(source: Source): number {
  const { body, hashbang } = source.program;
  const directive = body.findLast((statement) => "directive" in statement && statement.directive);
  const first = directive ?? hashbang;
  if (!first) return source.text.startsWith("\uFEFF") ? 1 : 0;
  const end = restOfLine(source, first.end);
  return source.text.startsWith(source.eol, end) ? end + source.eol.length : end;
}
