import { execFileSync } from "node:child_process";

/** Packs every library under packages/ into `folder`; answers name → tarball. */
export function packLibraries(cwd, folder) {
  const args = ["-r", "--filter", "./packages/*", "pack", "--json", "--pack-destination", folder];
  const packed = JSON.parse(execFileSync("pnpm", args, { cwd, encoding: "utf8" }));
  return new Map([packed].flat().map(({ name, filename }) => [name, filename])); // one package alone comes without a list
}
