// Every exported name of each package that `fourgate` has inside, and every member of an exported interface or class, has a doc comment.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { root } from "../gate/workspace.mjs";

const DISCRIMINANTS = new Set(["type", "kind", "status", "name"]); // where its one value is its type, it documents itself
const OPTIONS = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2023,
  customConditions: ["@repo/source"],
  jsx: ts.JsxEmit.ReactJSX,
  skipLibCheck: true,
  types: [],
};

/** The exported names and members without a doc comment, as `file: Name.member`; those of other packages are theirs. */
export function undocumentedExports(entries, folder) {
  const program = ts.createProgram(entries, OPTIONS);
  const checker = program.getTypeChecker();
  const found = new Set();
  for (const entry of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      for (const { node, name } of symbolsOf(symbol, checker)) {
        const file = node.getSourceFile().fileName;
        if (file.startsWith(folder) && !file.includes("/node_modules/"))
          found.add(`${file.slice(folder.length + 1)}: ${name}`);
      }
    }
  }
  return [...found];
}

/** A name and its members, as far as they have no doc comment. */
function symbolsOf(symbol, checker) {
  const declarations = symbol.declarations ?? [];
  const own = isDocumented(symbol, checker)
    ? []
    : declarations.slice(0, 1).map((node) => ({ node, name: symbol.name }));
  const members = declarations
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
    .flatMap(({ members }) => members.filter(isPublic))
    .flatMap((node) => {
      const member = checker.getSymbolAtLocation(node.name);
      if (!member || isDocumented(member, checker) || isDiscriminant(node, member)) return [];
      return [{ node, name: `${symbol.name}.${member.name}` }];
    });
  return [...own, ...members];
}

function isPublic({ name }) {
  return name !== undefined && (ts.isIdentifier(name) || (ts.isStringLiteral(name) && /^[\w<>=]+$/.test(name.text)));
}

function isDocumented(symbol, checker) {
  return symbol.getDocumentationComment(checker).length > 0;
}

/** `readonly type: "close"`; `readonly error?: undefined` means that there is none. */
function isDiscriminant({ type, initializer }, { name }) {
  if (type?.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  const isLiteral = (type && ts.isLiteralTypeNode(type)) || (initializer && ts.isStringLiteral(initializer));
  return DISCRIMINANTS.has(name) && Boolean(isLiteral);
}

/** The packages that users receive: `fourgate` is built from them. */
function publishedPackages() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "published/fourgate/package.json"), "utf8"));
  return Object.keys(devDependencies).flatMap((name) =>
    name.startsWith("@repo/") ? [name.slice("@repo/".length)] : [],
  );
}

/** Every entry of a package, as its manifest lists them. */
function entriesOf(name) {
  const folder = join(root, "packages", name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.values(exports).map((target) => join(folder, target["@repo/source"]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = root.replace(/\/$/, "");
  const found = undocumentedExports(publishedPackages().flatMap(entriesOf), folder);
  for (const place of found) console.error(`no doc comment: ${place}`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
