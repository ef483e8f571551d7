import type { WriteOptions } from "./write-options.js";

/** A record contains its id. Where it has a number `version`, that is its version, and the repository counts it up. */
export interface EntityRow {
  /** Unique among the records of the entity. */
  readonly id: string;
}

/** What a repository must be able to do to be wrapped; it may do more. `undefined`: there is no such record. */
export interface EntityRepository<Row extends EntityRow = EntityRow, Draft = never, Changes = never> {
  /** The record; undefined where there is none. */
  find(id: string): Promise<Row | undefined>;
  /** Resolves with the record as it was stored. */
  create(draft: Draft, options?: WriteOptions): Promise<Row>;
  /** Resolves with the record as it is now; undefined where there is none. */
  update(id: string, changes: Changes, options?: WriteOptions): Promise<Row | undefined>;
  /** Resolves with the record as it was. */
  delete(id: string, options?: WriteOptions): Promise<Row | undefined>;
}

/** What a repository has that runs transactions: `run` may be called again where the first try failed. */
export interface TransactionalRepository<Tx> {
  /** Commits when `run` resolves, rolls back and rejects when it rejects. */
  transaction<Result>(run: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/** An app's own unit of work, where the repository does not run transactions itself. */
export interface UnitOfWork {
  /** MUST run `work` after the commit, in the order of the calls; never after a rollback; at once where no unit is open. */
  afterCommit(work: () => Promise<void>): void;
}

/** The same repository; its writes take options and are published. */
export type WithEntityEvents<R extends EntityRepository> = Omit<R, "create" | "update" | "delete" | "transaction"> & {
  create(draft: Parameters<R["create"]>[0], options?: WriteOptions): ReturnType<R["create"]>;
  update(id: string, changes: Parameters<R["update"]>[1], options?: WriteOptions): ReturnType<R["update"]>;
  delete(id: string, options?: WriteOptions): ReturnType<R["delete"]>;
} & (R extends TransactionalRepository<infer Tx extends EntityRepository>
    ? TransactionalRepository<WithEntityEvents<Tx>>
    : unknown);
