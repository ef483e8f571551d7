/** What to write by hand where the command cannot. */
export const LINT_LINES = `import realtime from "eslint-plugin-realtime";
export default defineConfig(/* what is there */, realtime.configs.recommended);`;

const PLUGIN = "eslint-plugin-realtime";
const IMPORTS = `import { defineConfig } from "eslint/config";
import realtime from "${PLUGIN}";
`;
/** A file that ends in `export default name;`: what it exports is one value, whatever that is. */
const EXPORTS_NAME = /^export default ([A-Za-z_$][\w$]*);?\s*$/m;

/**
 * The text of a flat config with the recommended rules. The same text where they are there; undefined where the file
 * has another shape than `export default name;`, or has names of its own that the new lines would repeat.
 */
export function withRealtimeRules(text: string): string | undefined {
  if (text.includes(PLUGIN)) return text;
  const name = EXPORTS_NAME.exec(text)?.[1];
  if (name === undefined || /\b(defineConfig|realtime)\b/.test(text) || !/^import\s/m.test(text)) return undefined;
  return text
    .replace(/^import\s/m, (first) => IMPORTS + first)
    .replace(EXPORTS_NAME, `export default defineConfig(${name}, realtime.configs.recommended);\n`);
}
