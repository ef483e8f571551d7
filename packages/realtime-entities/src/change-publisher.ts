import type { IEventBus } from "@repo/core-events";
import type { ChangeOutlet } from "./change-outlet.js";
import type { EntityChange } from "./entity-change.js";
import type { EntityChannels } from "./define-entity-channels.js";
import type { UnitOfWork } from "./entity-repository.js";
import type { EntityVersions } from "./entity-versions.js";

/** A change that was written but could not be published. */
export interface UnpublishedChange {
  /** What was written. */
  readonly change: EntityChange;
  /** What the bus rejected with. */
  readonly cause: unknown;
}

export interface ChangePublisherDeps {
  readonly bus: IEventBus;
  readonly changed: EntityChannels["changed"];
  readonly versions: EntityVersions;
  readonly onError: (failure: UnpublishedChange) => void;
  readonly unitOfWork: UnitOfWork | undefined;
}

/** Publishes committed changes on the bus. A failure is reported; the write stands. */
export class ChangePublisher implements ChangeOutlet {
  readonly #deps: ChangePublisherDeps;

  constructor(deps: ChangePublisherDeps) {
    this.#deps = deps;
  }

  assertOpen(): void {}

  async take(change: EntityChange): Promise<void> {
    const { unitOfWork } = this.#deps;
    if (!unitOfWork) return this.#publish(change);
    try {
      unitOfWork.afterCommit(() => this.#publish(change));
    } catch (cause) {
      this.#report({ change, cause });
    }
  }

  /** Calls `bus.publish` synchronously: the order of the calls is the order of the changes. */
  async #publish(change: EntityChange): Promise<void> {
    const { bus, changed, versions } = this.#deps;
    versions.commit(change.id, change.version);
    try {
      await bus.publish(changed, change);
    } catch (cause) {
      this.#report({ change, cause });
    }
  }

  #report(failure: UnpublishedChange): void {
    try {
      this.#deps.onError(failure);
    } catch {
      // `onError` itself failed; the caller must not take a committed write for a failed one
    }
  }
}
