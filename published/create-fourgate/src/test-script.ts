import { posix } from "node:path";
import type { Manifest, ManifestAdditions } from "./manifest.js";

const PLACEHOLDER = `echo "Error: no test specified" && exit 1`; // what `npm init` and `pnpm init` write

/** The script `test` of an app that exists: written where there is none, and in place of npm's placeholder. */
export function testScript(testFile: string): Pick<ManifestAdditions, "scripts" | "replaced"> {
  return { scripts: { test: commandOf(testFile) }, replaced: [PLACEHOLDER] };
}

/** The sentence about the script `test`, for the person who runs the command; undefined where it runs Vitest already. */
export function testScriptRemark({ scripts }: Manifest, testFile: string): string | undefined {
  const script = scripts?.["test"];
  const command = commandOf(testFile);
  if (script === undefined) return `package.json gets a script "test": ${command}.`;
  if (script === PLACEHOLDER) return `The script "test" becomes ${command}, in place of npm's placeholder.`;
  if (/(?<![\w-])vitest(?![\w-])/.test(script)) return undefined;
  return (
    `The script "test" stays as it is: ${script}. The poll's test is written for Vitest, and runs with\n` +
    `npx vitest run ${testFile}; exclude this file from your test runner.`
  );
}

/** The folder alone: a bare `vitest run` takes the *.spec.ts of Playwright and Cypress too. */
function commandOf(testFile: string): string {
  return `vitest run ${posix.dirname(testFile)}/`; // the slash: realtime/ is no realtime.spec.ts
}
