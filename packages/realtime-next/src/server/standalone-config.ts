import { readFileSync } from "node:fs";
import { join } from "node:path";

const STANDALONE_CONFIG = "__NEXT_PRIVATE_STANDALONE_CONFIG"; // what the server.js sets that Next writes for `output: "standalone"`

/**
 * Gives Next the config of the build, where that was made with `output: "standalone"`. The folder that is deployed has neither a
 * next.config.ts nor the compiler to read one. A build without that output, or in another folder than `.next`, is left alone.
 */
export function shareStandaloneConfig(dir: string): void {
  const config = builtConfig(dir);
  if (config?.output === "standalone") process.env[STANDALONE_CONFIG] ??= JSON.stringify(config);
}

function builtConfig(dir: string): { readonly output?: unknown } | undefined {
  try {
    const built: unknown = JSON.parse(readFileSync(join(dir, ".next/required-server-files.json"), "utf8"));
    return (built as { readonly config?: { readonly output?: unknown } }).config; // Next's own file, whose other contents are Next's to read
  } catch {
    return undefined; // not built: Next says so, and how
  }
}
