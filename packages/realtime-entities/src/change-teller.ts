import type { IEventBus } from "@repo/core-events";
import type { ChangeOutlet } from "./change-outlet.js";
import type { EntityChange } from "./entity-change.js";
import type { EntityChannels } from "./define-entity-channels.js";
import type { UnitOfWork } from "./entity-repository.js";
import type { EntityVersions } from "./entity-versions.js";

/** A change that was written and could not be told. */
export interface UntoldChange {
  readonly change: EntityChange;
  readonly cause: unknown;
}

export interface ChangeTellerDeps {
  readonly bus: IEventBus;
  readonly changed: EntityChannels["changed"];
  readonly versions: EntityVersions;
  readonly onError: (failure: UntoldChange) => void;
  readonly unitOfWork: UnitOfWork | undefined;
}

/** Tells the bus of changes that are committed. What fails here is reported: the write stands. */
export class ChangeTeller implements ChangeOutlet {
  readonly #deps: ChangeTellerDeps;

  constructor(deps: ChangeTellerDeps) {
    this.#deps = deps;
  }

  assertOpen(): void {}

  async take(change: EntityChange): Promise<void> {
    const { unitOfWork } = this.#deps;
    if (!unitOfWork) return this.#tell(change);
    try {
      unitOfWork.afterCommit(() => this.#tell(change));
    } catch (cause) {
      this.#report({ change, cause });
    }
  }

  /** Reaches `publish` within this turn: the order of the calls is the order of the changes. */
  async #tell(change: EntityChange): Promise<void> {
    const { bus, changed, versions } = this.#deps;
    versions.commit(change.id, change.version);
    try {
      await bus.publish(changed, change);
    } catch (cause) {
      this.#report({ change, cause });
    }
  }

  #report(failure: UntoldChange): void {
    try {
      this.#deps.onError(failure);
    } catch {
      // nobody is left to tell, and the caller must not take a committed write for a failed one
    }
  }
}
