import { ownVersion, planWorkspace, ProjectFiles, wantedFiles } from "create-fourgate";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";

/** What `npm create fourgate` writes at the root of a turbo workspace, and what it leaves to be done by hand. */
export interface OverFourgate {
  readonly changes: readonly Change[];
  readonly remarks: readonly string[];
}

/** `@repo/core-realtime` as a package that re-exports `fourgate`, and a first feature over it. */
export function planOverFourgate(tree: Tree): OverFourgate {
  const project = new ProjectInTree(tree);
  try {
    const plan = planWorkspace(project, ownVersion());
    const wanted = wantedFiles(project, plan, "workspace");
    const changes = wanted.map(({ path, text }) => ({ path, before: tree.read(path), after: text }));
    return { changes, remarks: plan.remarks };
  } catch (cause) {
    throw cause instanceof Refusal
      ? cause
      : new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

class ProjectInTree extends ProjectFiles {
  readonly #tree: Tree;

  constructor(tree: Tree) {
    super();
    this.#tree = tree;
  }

  has(path: string): boolean {
    return this.read(path) !== undefined || this.#tree.list(path).length > 0;
  }

  read(file: string): string | undefined {
    return this.#tree.read(file);
  }
}
