import { findAnchor } from "../code/find-anchor.js";
import { openSource, type Source } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import type { Anchor } from "./anchors.js";
import { findFeature } from "./features.js";
import type { FeatureNames } from "./names.js";

/** The files of one feature, named from its package's root. */
export class FeatureFiles {
  readonly #tree: Tree;
  readonly names: FeatureNames;

  constructor(tree: Tree, feature: string) {
    this.#tree = tree;
    this.names = findFeature(tree, feature);
  }

  path(file: string): string {
    return `${this.names.folder}/${file}`;
  }

  find(file: string): string | undefined {
    return this.#tree.read(this.path(file));
  }

  /** The text of a file that every feature has. */
  read(file: string): string {
    const text = this.find(file);
    if (text !== undefined) return text;
    throw new Refusal(
      `${this.path(file)} is missing: every feature has it. Copy it from another feature and adapt it.`,
    );
  }

  /** The file of an anchor; refuses one whose anchor is lost or doubled, whether it is needed this time or not. */
  openAnchored(anchor: Anchor): Source {
    const source = openSource(this.path(anchor.file), this.read(anchor.file));
    findAnchor(source, anchor);
    return source;
  }
}
