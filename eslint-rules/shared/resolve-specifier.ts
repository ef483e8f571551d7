import { posix } from "node:path";

/** The folder of the package that a workspace path lies in: `packages/orders`, `apps/web-next`. */
export function packageFolder(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

/** Does the specifier name a file by its place, rather than a package? */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(\/|$)/.test(specifier);
}

/** Where a relative specifier leads from a file, as a workspace path. */
export function resolveRelative(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}
