import { findAnchor } from "../code/find-anchor.js";
import { openSource, type Source } from "../code/source.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { APP_CHANNELS, APP_FEATURES, type Anchor } from "./anchors.js";

/** An app that binds features: its folder, its manifest, and the files that the generators add to. */
export interface App {
  readonly folder: string;
  readonly manifest: string;
  /** Its list of features, for the server; with its anchor checked. */
  readonly features: Source | undefined;
  /** Its list of channels, for the client's types; with its anchor checked. */
  readonly channels: Source | undefined;
}

const SKIPPED = new Set(["node_modules", ".next", "dist"]);
const BINDS_FEATURES = /<gen:features>|\bbindProduction[A-Z]/; // a file of that name may be about something else

/** The apps of a workspace; a list that has lost its anchor, or has it twice, is refused. */
export function appsOf(tree: Tree): readonly App[] {
  return tree.list("apps").flatMap(({ name, kind }) => {
    const folder = `apps/${name}`;
    const manifest = kind === "folder" ? tree.read(`${folder}/package.json`) : undefined;
    if (manifest === undefined) return [];
    const files = filesBelow(tree, `${folder}/src`, SKIPPED);
    const read = (file: string) => files.filter((path) => path.endsWith(`/${file}`)).map((path) => textOf(tree, path));
    const features = read(APP_FEATURES.file).find(({ text }) => BINDS_FEATURES.test(text));
    const [channels] = read(APP_CHANNELS.file);
    return [{ folder, manifest, features: open(features, APP_FEATURES), channels: open(channels, APP_CHANNELS) }];
  });
}

interface Found {
  readonly path: string;
  readonly text: string;
}

function open(found: Found | undefined, anchor: Anchor): Source | undefined {
  if (!found) return undefined;
  const source = openSource(found.path, found.text);
  findAnchor(source, anchor); // lost or doubled is refused, whether it is needed this time or not
  return source;
}

function textOf(tree: Tree, path: string): Found {
  return { path, text: tree.read(path) ?? "" };
}

/** Whether a file imports a name. */
export function importsName({ module }: Source, name: string): boolean {
  return module.staticImports.some(({ entries }) => entries.some(({ localName }) => localName.value === name));
}
