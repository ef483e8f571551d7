import { readFileSync } from "node:fs";

/** The version of this package, and so of `fourgate` and the lint rules: they are released together. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
