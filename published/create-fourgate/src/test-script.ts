import type { Manifest, ManifestAdditions } from "./manifest.js";

const COMMAND = "vitest run";
const PLACEHOLDER = `echo "Error: no test specified" && exit 1`; // what `npm init` and `pnpm init` write

/** The script `test` of an app that exists: written where there is none, and in place of npm's placeholder. */
export const TEST_SCRIPT: Pick<ManifestAdditions, "scripts" | "replaced"> = {
  scripts: { test: COMMAND },
  replaced: [PLACEHOLDER],
};

/** What becomes of the script `test`, for the person who runs the command; undefined where it runs Vitest already. */
export function testScriptRemark({ scripts, ...manifest }: Manifest, testFile: string): string | undefined {
  const script = scripts?.["test"];
  if (script === undefined) return `package.json gets a script "test": ${COMMAND}.`;
  if (script === PLACEHOLDER) return `The script "test" becomes ${COMMAND}, in place of npm's placeholder.`;
  const hasVitest = { ...manifest.dependencies, ...manifest.devDependencies }["vitest"] !== undefined;
  if (hasVitest || /\bvitest\b/.test(script)) return undefined;
  return (
    `The script "test" stays as it is: ${script}. The poll's test is written for Vitest, and runs with\n` +
    `npx ${COMMAND} ${testFile}; let your own runner leave this file out.`
  );
}
