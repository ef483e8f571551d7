import { existsSync } from "node:fs";

let found: URL | undefined;

/**
 * The folder that holds the migrations and the worker, whether the code runs from its sources, was built, or was packed within another
 * package. Looked for when it is needed: a bundle that needs neither works without it. Throws an Error where there is none.
 */
export function packageFolder(): URL {
  return (found ??= folderWith("worker/pglite-worker.mjs", new URL(".", import.meta.url)));
}

function folderWith(name: string, folder: URL): URL {
  if (existsSync(new URL(name, folder))) return folder;
  const parent = new URL("..", folder);
  if (parent.href === folder.href) throw new Error(`No ${name} above ${import.meta.url}: do not bundle this package.`);
  return folderWith(name, parent);
}
