import type { KeyedSerialQueue } from "@repo/core-realtime";
import type { ChangeOutlet } from "./change-outlet.js";
import type { EntityChange } from "./entity-change.js";
import { entityConflict } from "./entity-conflict.js";
import type { EntityRepository, EntityRow } from "./entity-repository.js";
import type { EntityVersions } from "./entity-versions.js";
import type { WriteOptions } from "./write-options.js";

export interface EntityWriterDeps {
  readonly outlet: ChangeOutlet;
  readonly versions: EntityVersions;
  /** One write to a record at a time, or two could both find the version that they were made upon. */
  readonly queue: KeyedSerialQueue;
}

/** Writes, and passes on the change; a write resolves when its change is published, or buffered until the commit. */
export class EntityWriter {
  readonly #repository: EntityRepository;
  readonly #deps: EntityWriterDeps;

  constructor(repository: EntityRepository, deps: EntityWriterDeps) {
    this.#repository = repository;
    this.#deps = deps;
  }

  async create(draft: never, options: WriteOptions = {}): Promise<EntityRow> {
    const { outlet, versions } = this.#deps;
    outlet.assertOpen();
    const record = await this.#repository.create(draft, options);
    await outlet.take({ kind: "created", id: record.id, record, version: versions.of(record), ...metadataOf(options) });
    return record;
  }

  async update(id: string, changes: never, options: WriteOptions = {}): Promise<EntityRow | undefined> {
    return this.#write(id, options, async () => {
      const record = await this.#repository.update(id, changes, options);
      const change = record && { kind: "updated" as const, id, record, version: this.#deps.versions.of(record) };
      return { record, change };
    });
  }

  async delete(id: string, options: WriteOptions = {}): Promise<EntityRow | undefined> {
    return this.#write(id, options, async () => {
      const record = await this.#repository.delete(id, options);
      const change = record && { kind: "deleted" as const, id, version: this.#deps.versions.ofRemoved(record) };
      return { record, change };
    });
  }

  async #write(id: string, options: WriteOptions, write: () => Promise<Written>): Promise<EntityRow | undefined> {
    const { outlet, queue } = this.#deps;
    outlet.assertOpen();
    const { record, published } = await queue.push(id, async () => {
      await this.#checkVersion(id, options.baseVersion);
      const written = await write();
      return {
        record: written.record,
        published: written.change && outlet.take({ ...written.change, ...metadataOf(options) }),
      };
    });
    await published; // outside the queue: a listener may write to the same record
    return record;
  }

  async #checkVersion(id: string, baseVersion: number | undefined): Promise<void> {
    if (baseVersion === undefined) return;
    const row = await this.#repository.find(id);
    if (row && !this.#deps.versions.isCurrent(row, baseVersion)) throw entityConflict(id);
  }
}

interface Written {
  readonly record: EntityRow | undefined;
  readonly change: EntityChange | undefined;
}

function metadataOf({ mutationId, by }: WriteOptions): Pick<EntityChange, "mutationId" | "by"> {
  return { ...(mutationId !== undefined && { mutationId }), ...(by !== undefined && { by }) };
}
