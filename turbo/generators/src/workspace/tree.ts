/** A thing in a folder. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: "file" | "folder";
}

/** A read-only view of a workspace; paths are relative to its root, with forward slashes. */
export interface Tree {
  /** The text of a file, or undefined where there is no file. */
  read(path: string): string | undefined;
  /** What a folder holds, by name; nothing where there is no folder. */
  list(folder: string): readonly TreeEntry[];
}

/** The paths of all files below a folder, in order; a folder that `skip` names is not entered. */
export function filesBelow(tree: Tree, folder: string, skip: ReadonlySet<string> = new Set()): readonly string[] {
  return tree.list(folder).flatMap(({ name, kind }) => {
    if (skip.has(name)) return [];
    const path = folder === "" ? name : `${folder}/${name}`;
    return kind === "file" ? [path] : filesBelow(tree, path, skip);
  });
}
