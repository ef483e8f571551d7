import { ListenerSet } from "../listeners.js";
import { reportCause } from "../report-error.js";
import type { CollectionChange, Commit, CopyState, Mutation, PendingChange, RowReading } from "./collection-change.js";
import { KeyedSerialQueue } from "@repo/core-realtime/keyed-serial-queue";
import { CopyIntake } from "./copy-intake.js";
import { failure } from "./failure.js";
import { newMutationId } from "./mutation-id.js";
import { Overlay } from "./overlay.js";
import { RowBase, type Rows } from "./row-base.js";
import {
  createMutation,
  deleteMutation,
  updateMutation,
  type RowMutation,
  type PendingMutation,
} from "./row-mutations.js";
import { RowIds } from "./row-ids.js";

/** How a collection reads and orders its rows. */
export interface CollectionOptions<Row> extends RowReading<Row> {
  /** Default: the order in which rows came. */
  readonly compare?: ((a: Row, b: Row) => number) | undefined;
}

/** Rows that are shown as if the server had already agreed. Others' changes always show at once. */
export class OptimisticCollection<Row> {
  readonly #options: CollectionOptions<Row>;
  readonly #base: RowBase<Row>;
  readonly #overlay: Overlay<Rows<Row>, PendingMutation<Row>>;
  readonly #copies = new CopyIntake<Row>();
  readonly #ids = new RowIds();
  readonly #unnamed = new Map<string, string>(); // rows that the server has taken and not named yet, by mutation
  readonly #queue = new KeyedSerialQueue();
  readonly #listeners = new ListenerSet<{ readonly change: () => void }>(reportCause);
  #rows: readonly Row[] | undefined;

  constructor(options: CollectionOptions<Row>) {
    this.#options = options;
    this.#base = new RowBase(options);
    this.#overlay = new Overlay<Rows<Row>, PendingMutation<Row>>(this.#base.rows, () => {
      this.#rows = undefined;
      this.#listeners.emit("change");
    });
  }

  /** What is to be shown, in order; the same array until something changes. */
  get rows(): readonly Row[] {
    this.#rows ??= [...this.#overlay.shown.values()].sort(this.#options.compare ?? (() => 0));
    return this.#rows;
  }

  /** The last copy of everything; while it is `failed`, rows may be missing or old. */
  get copy(): CopyState {
    return this.#copies.state;
  }

  /** A row by its id; a temporary one stays valid when the server has given its own. */
  get(id: string): Row | undefined {
    return this.#overlay.shown.get(this.#ids.of(id));
  }

  /** The local changes of a row that are not settled. */
  pendingOf(id: string): readonly PendingChange[] {
    const now = this.#base.versions.of(this.#ids.of(id));
    const own = [...this.#overlay.pending.values()].filter((one) => this.#ids.of(one.id) === this.#ids.of(id));
    return own.map(({ kind, mutationId, baseVersion }) => ({
      kind,
      mutationId,
      isOutdated: now !== undefined && baseVersion !== undefined && now > baseVersion,
    }));
  }

  /** Calls back after each change; returns the undo. */
  watch(change: () => void): () => void {
    return this.#listeners.add({ change });
  }

  /** An id for a row that the server has not seen. */
  temporaryId(): string {
    return `temp-${newMutationId()}`;
  }

  /** A change from the server: another client's, or the echo of a local one, recognised by its mutation id. */
  receive(change: CollectionChange<Row>): void {
    const { mutationId = "" } = change;
    const own = this.#overlay.pending.get(mutationId);
    const temporary = own?.kind === "create" ? own.id : this.#unnamed.get(mutationId);
    this.#unnamed.delete(mutationId);
    this.#settle(change, { own, temporary });
  }

  /** Loads a copy of everything; what arrives meanwhile is kept. False where another was requested since. Rejects as `fetch` does. */
  load(fetch: () => Promise<Iterable<Row>>): Promise<boolean> {
    const apply = (copy: readonly Row[], meanwhile: readonly CollectionChange<Row>[]) => {
      this.#base.load(copy);
      for (const change of meanwhile) this.#base.take(change);
      this.#overlay.rebase(this.#base.rows, this.#recognise(copy));
    };
    return this.#copies.take({ fetch, apply, onState: () => this.#listeners.emit("change") });
  }

  /** Shows a new row at once. Rejects with the server's reason, and removes the row. */
  create(row: Row, commit: Commit<Row>): Promise<Row | undefined> {
    return this.#mutate(createMutation(this.#options.key(row), row), commit);
  }

  /** Shows a change of a row at once. Rejects with the server's reason, and reverts this change alone. */
  update(id: string, change: (row: Row) => Row, commit: Commit<Row>): Promise<Row | undefined> {
    return this.#mutate(updateMutation(this.#ids, id, change), commit);
  }

  /**
   * Removes a row at once. Rejects with the server's reason, and shows the row again as it is by then. A `version` in the reply is
   * the version of the removal: a later restore of the row has a higher one.
   */
  async delete(id: string, commit: (mutation: Mutation) => Promise<unknown>): Promise<void> {
    await this.#mutate(deleteMutation(this.#ids, id, this.#base.versions), commit);
  }

  async #mutate<Reply>(change: RowMutation<Row>, commit: (mutation: Mutation) => Promise<Reply>): Promise<Reply> {
    const { kind, id } = change;
    const mutationId = newMutationId();
    const failed = failure();
    const own: PendingMutation<Row> = {
      ...change,
      mutationId,
      baseVersion: this.#base.versions.of(this.#ids.of(id)),
      onFailure: failed.fail,
    };
    this.#overlay.add(own);
    failed.check();
    const committed = this.#queue.push(this.#ids.firstOf(id), async () => {
      try {
        failed.check(); // what cannot be shown is not sent
        const reply = await commit({ mutationId, id: this.#ids.require(id), baseVersion: own.baseVersion });
        if (this.#overlay.pending.has(mutationId)) this.#confirm(own, reply);
        return reply;
      } catch (reason) {
        if (kind === "create") this.#ids.lose(id, reason);
        this.#overlay.drop(mutationId);
        throw reason;
      }
    });
    return Promise.race([failed.promise, committed]);
  }

  /** The reply arrived before the echo, or there will be no echo. */
  #confirm(own: PendingMutation<Row>, reply: unknown): void {
    const row = own.kind === "delete" ? undefined : (reply as Row | undefined); // by the type of `commit`
    const isUnnamed = own.kind === "create" && row === undefined;
    if (isUnnamed) this.#unnamed.set(own.mutationId, own.id); // the echo will carry its id
    const temporary = own.kind === "create" && !isUnnamed ? own.id : undefined;
    this.#settle(row === undefined ? own.taken(this.#base.rows, reply) : { kind: "put", row }, { own, temporary });
  }

  #settle(change: CollectionChange<Row> | undefined, { own, temporary }: Settling<Row>): void {
    if (change?.kind === "put" && temporary !== undefined) this.#name(temporary, this.#options.key(change.row));
    if (change) this.#take(change);
    if (own) this.#moveOn(own);
    this.#overlay.rebase(this.#base.rows, own ? [own.mutationId] : []);
  }

  /** The mutations behind rows of a copy that were created here and are not settled. */
  #recognise(copy: readonly Row[]): readonly string[] {
    const { key, madeBy } = this.#options;
    return copy.flatMap((row) => {
      const mutationId = madeBy?.(row) ?? "";
      const temporary = this.#overlay.pending.get(mutationId)?.id ?? this.#unnamed.get(mutationId);
      if (temporary === undefined) return [];
      this.#unnamed.delete(mutationId);
      this.#name(temporary, key(row));
      return mutationId;
    });
  }

  #name(temporary: string, id: string): void {
    if (temporary === id) return;
    this.#ids.grant(temporary, id);
    this.#take({ kind: "remove", id: temporary });
  }

  #take(change: CollectionChange<Row>): void {
    this.#base.take(change);
    this.#copies.note(change);
  }

  /** The next local change of the same row is based on this one. */
  #moveOn({ id, baseVersion }: PendingMutation<Row>): void {
    const row = this.#ids.of(id);
    for (const next of this.#overlay.pending.values())
      if (this.#ids.of(next.id) === row && next.baseVersion === baseVersion)
        next.baseVersion = this.#base.versions.of(row);
  }
}

interface Settling<Row> {
  readonly own: PendingMutation<Row> | undefined;
  /** The temporary id of a row that now gets its name. */
  readonly temporary: string | undefined;
}
