import type { Manifest, ManifestAdditions } from "./manifest.js";

/** One file that the project gains. */
export interface PlannedFile {
  /** Relative to the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** One package.json that is made, or gains something. */
export interface PlannedManifest {
  readonly path: string;
  /** What it begins with where there is none. Without a name, it is named after its folder. */
  readonly fresh: Manifest;
  readonly additions: ManifestAdditions;
}

/** All that is to be written, before anything is. */
export interface ProjectPlan {
  /** New files: one that is there with another content is a conflict. */
  readonly files: readonly PlannedFile[];
  readonly manifests: readonly PlannedManifest[];
  /** Files that are there already, with their whole new text. */
  readonly edits: readonly PlannedFile[];
}
