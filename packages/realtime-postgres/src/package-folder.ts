import { existsSync } from "node:fs";

/** The folder that holds the migrations and the worker, whether the code runs from its sources, was built, or was packed within another package. */
export const PACKAGE_FOLDER: URL = folderWith("worker/pglite-worker.mjs", new URL(".", import.meta.url));

function folderWith(name: string, folder: URL): URL {
  if (existsSync(new URL(name, folder))) return folder;
  const parent = new URL("..", folder);
  if (parent.href === folder.href) throw new Error(`No ${name} above ${import.meta.url}: do not bundle this package.`);
  return folderWith(name, parent);
}
