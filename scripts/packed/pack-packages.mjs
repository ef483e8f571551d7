import { execFileSync } from "node:child_process";

/** Packs the packages of these names into `folder`; returns name → tarball. */
export function packPackages({ cwd, names, folder }) {
  const args = ["-r", ...names.flatMap((name) => ["--filter", name]), "pack", "--json", "--pack-destination", folder];
  const packed = JSON.parse(execFileSync("pnpm", args, { cwd, encoding: "utf8" }));
  return new Map([packed].flat().map(({ name, filename }) => [name, filename])); // one package alone comes without a list
}
