import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/** Unpacks the tarballs side by side into `folder`/node_modules, as a registry would have them, beside the vendors they depend on. */
export function installPacked(packages, folder) {
  const modules = join(folder, "node_modules");
  for (const { manifest, tarball } of packages) {
    const home = join(modules, manifest.name);
    mkdirSync(home, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
  }
  for (const { folder: source, manifest } of packages) {
    for (const name of Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })) {
      if (!existsSync(join(modules, name))) link(join(source, "node_modules", name), join(modules, name));
    }
  }
}

function link(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(realpathSync(source), target);
}
