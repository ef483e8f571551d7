import { existsSync } from "node:fs";

/** The folder of this package, whether the code runs from its sources or was built: where its migrations and its worker are. */
export const PACKAGE_FOLDER: URL = folderWith("package.json", new URL(".", import.meta.url));

function folderWith(name: string, folder: URL): URL {
  if (existsSync(new URL(name, folder))) return folder;
  const parent = new URL("..", folder);
  if (parent.href === folder.href) throw new Error(`No ${name} above ${import.meta.url}: do not bundle this package.`);
  return folderWith(name, parent);
}
