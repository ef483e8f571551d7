import { createHash } from "node:crypto";
import { Refusal } from "../refusal.js";
import { isJsonObject, readJson } from "../code/json-source.js";
import type { Tree } from "../workspace/tree.js";

/** Where sources came from, and what each file was like then: the base of the next update. */
export interface EjectManifest {
  readonly version: string;
  /** The commit of Fourgate's repository; undefined where the sources were in none. */
  readonly commit: string | undefined;
  /** The folders of the packages that were ejected; undefined in a manifest of an earlier version. */
  readonly packages?: readonly string[] | undefined;
  /** Path → SHA-256 of the text. */
  readonly files: Readonly<Record<string, string>>;
}

/** The manifest's place in a workspace. */
export const EJECT_MANIFEST = "fourgate.sources.json";

/** The manifest of a workspace; undefined where no sources were ejected into it. */
export function readEjectManifest(tree: Tree): EjectManifest | undefined {
  const text = tree.read(EJECT_MANIFEST);
  if (text === undefined) return undefined;
  const { version, commit, packages, files } = readJson(EJECT_MANIFEST, text);
  const hashes = isJsonObject(files) ? Object.entries(files) : [];
  const folders = Array.isArray(packages) ? packages.map(String) : undefined;
  const lost = (folders ?? []).filter((folder) => !hashes.some(([path]) => path.startsWith(`${folder}/`)));
  if (lost.length > 0 || (hashes.length === 0 && folders === undefined))
    throw new Refusal(
      `${EJECT_MANIFEST} lists no file${hashes.length > 0 ? ` of ${lost.join(", ")}` : ""}: restore it from your repository's history, then run this again.`,
    );
  return {
    version: String(version),
    commit: typeof commit === "string" ? commit : undefined,
    packages: folders,
    files: Object.fromEntries(hashes.map(([path, hash]) => [path, String(hash)])),
  };
}

/** The text of the manifest, its files in order. */
export function ejectManifestText({ version, commit, packages, files }: EjectManifest): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ version, commit, packages, files: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

/** The SHA-256 of a text in hexadecimal, whatever its line ends: git may have changed those. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
