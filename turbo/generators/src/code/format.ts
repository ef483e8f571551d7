import { parseSync, type Expression } from "oxc-parser";
import { format, type Options } from "prettier";

/** How the workspace writes its code: its Prettier options. */
export type Style = Readonly<Options>;

/** Where an entry will stand. */
export interface EntryPlace {
  readonly list: "ArrayExpression" | "ObjectExpression" | "TSTupleType";
  /** The white space before each entry of the list. */
  readonly indent: string;
}

const PRETTIER = { printWidth: 80, tabWidth: 2 }; // its defaults, where the style is silent

/** A whole new file, as Prettier would leave it. */
export function formatFile(path: string, text: string, style: Style): Promise<string> {
  return format(text, { ...style, filepath: path });
}

/** The longest line of a style. */
export function printWidthOf(style: Style): number {
  return style.printWidth ?? PRETTIER.printWidth;
}

/** One step of indentation. */
export function tabOf(style: Style): string {
  return style.useTabs ? "\t" : " ".repeat(style.tabWidth ?? PRETTIER.tabWidth);
}

/** What follows the last entry of a list that has a line for each. */
export function lastCommaOf(style: Style): "," | "" {
  return style.trailingComma === "none" ? "" : ",";
}

/** One statement, as Prettier would leave it on the top level. */
export async function formatStatement(code: string, style: Style): Promise<string> {
  return (await format(code, { ...style, endOfLine: "lf", parser: "typescript" })).trimEnd();
}

/** A value inside a JSON file, as Prettier would leave it there; it has a manner of its own for package.json. */
export async function formatJson(path: string, value: unknown): Promise<string> {
  const parser = path.endsWith("package.json") ? "json-stringify" : "json";
  return (await format(JSON.stringify(value), { parser, printWidth: 100 })).trimEnd(); // leaves room for the key and its indent
}

/** One entry of a list, as Prettier would leave it there; its lines end in `\n`, and all but the first are indented. */
export async function formatEntry(code: string, { list, indent }: EntryPlace, style: Style): Promise<string> {
  const tab = tabOf(style);
  const columns = indent.replaceAll("\t", " ".repeat(style.tabWidth ?? PRETTIER.tabWidth)).length;
  const printWidth = printWidthOf(style) - columns + (style.tabWidth ?? PRETTIER.tabWidth); // the list below indents once itself
  const [open, close] = list === "ObjectExpression" ? ["{", "z: 0}"] : ["[", "0]"]; // `typeof x` reads the same as a type
  const text = await formatStatement(`export const list = ${open} // stays open\n${code},\n${close}`, {
    ...style,
    printWidth,
  });
  const { start, end } = firstEntry(text);
  const lines = text.slice(start, end).split("\n");
  return lines.map((line) => (line.startsWith(tab) ? indent + line.slice(tab.length) : line)).join("\n");
}

function firstEntry(text: string): { readonly start: number; readonly end: number } {
  const [statement] = parseSync("list.ts", text).program.body;
  const declared = statement?.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
  const list: Expression | null | undefined =
    declared?.type === "VariableDeclaration" ? declared.declarations[0]?.init : undefined;
  const entry =
    list?.type === "ArrayExpression" ? list.elements[0] : list?.type === "ObjectExpression" ? list.properties[0] : null;
  if (!entry) throw new TypeError(`No list with an entry: ${text}`);
  return entry;
}
