import { Visitor } from "oxc-parser";
import type { Style } from "../code/format.js";
import type { Source } from "../code/source.js";
import { ANCHORS, type Anchor } from "./anchors.js";
import type { FeatureFiles } from "./feature-files.js";

/** A bind file, and where new registrations go in it. */
export interface BindFile {
  readonly source: Source;
  readonly anchor: Anchor;
  readonly style: Style;
}

/** The bind files that register channels: the one for production, and the one for development unless it calls the former. */
export function openBindFiles(files: FeatureFiles, style: Style): readonly BindFile[] {
  const open = (anchor: Anchor): BindFile => ({ source: files.openAnchored(anchor), anchor, style });
  const [production, devSeed] = [open(ANCHORS.production), open(ANCHORS.devSeed)];
  return calls(devSeed.source, files.names.bindProduction) ? [production] : [production, devSeed];
}

function calls({ program }: Source, name: string): boolean {
  let isCalled = false;
  new Visitor({
    CallExpression: ({ callee }) => void (isCalled ||= callee.type === "Identifier" && callee.name === name),
  }).visit(program);
  return isCalled;
}
