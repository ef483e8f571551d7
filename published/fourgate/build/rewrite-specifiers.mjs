import { dirname, posix } from "node:path";

const IMPORTED = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])(@repo\/[^"']+)\2/g;
const MENTIONED = /@repo\/[a-z0-9-]+(?:\/[a-z0-9-]+)*/g;

/**
 * A built file whose imports of `@repo` entries are relative, and whose comments name the entries that users import.
 * `file` is its place below lib/; `moduleOf` gives an entry's module below lib/; `nameOf` an entry's public import path.
 */
export function rewriteSpecifiers(text, { file, moduleOf, nameOf }) {
  const linked = text.replaceAll(IMPORTED, (...[, before, quote, specifier]) => {
    return `${before}${quote}${relativeModule(file, moduleOf(specifier))}${quote}`;
  });
  return linked.replaceAll(MENTIONED, (specifier) => nameOf(specifier) ?? specifier);
}

function relativeModule(from, to) {
  const path = posix.relative(dirname(from), `${to}.js`);
  return path.startsWith(".") ? path : `./${path}`;
}
