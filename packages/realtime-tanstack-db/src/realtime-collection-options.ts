import {
  CopyLoader,
  type CollectionChange,
  type CopyLoaderDeps,
  type Followed,
} from "@repo/realtime-client/optimistic";
import type { CollectionConfig, OperationType, PendingMutation } from "@tanstack/db";
import { Echoes } from "./echoes.js";
import { SyncedRows, type RowReading } from "./synced-rows.js";

/** An own change, as it is sent to the server. */
export interface OwnMutation<Row> {
  /** `insert`, `update` or `delete`. */
  readonly kind: OperationType;
  /** The row's key. */
  readonly id: string;
  /** To be sent back in the echo. */
  readonly mutationId: string;
  /** The row with the change; of a delete, as it was. */
  readonly row: Row;
  /** The changed fields alone. */
  readonly changes: Partial<Row>;
}

/** What keeps a collection in step. */
export interface RealtimeCollectionOptions<Row extends object, Message>
  extends RowReading<Row>, Pick<CopyLoaderDeps, "clock" | "random"> {
  /** The collection's name in TanStack DB; default: one that it makes. */
  readonly id?: string | undefined;
  /** A handle of `client.channel(…)`. */
  readonly channel: Followed<Message>;
  /** Undefined for messages that are none of the collection's business. */
  readonly read: (message: Message) => CollectionChange<Row> | undefined;
  /** Called after the subscribe, so that nothing falls between, again after each gap, and again with back-off while it fails. */
  readonly load: () => Promise<Iterable<Row>>;
  /**
   * Sends the change. Resolves with the row as it is now, or with nothing where the channel will echo the mutation. The `version` of
   * the result of a delete carries the version at which the row was deleted.
   */
  readonly commit: (mutation: OwnMutation<Row>) => Promise<Row | undefined>;
  /** A copy could not be loaded. Without a first one the collection's status is `error` until there is one. */
  readonly onError?: ((cause: unknown) => void) | undefined;
}

/**
 * Options of a TanStack DB collection that a channel keeps in step.
 * @example const tasks = createCollection(realtimeCollectionOptions({ getKey, channel, read, load, commit }));
 */
export function realtimeCollectionOptions<Row extends object, Message>(
  options: RealtimeCollectionOptions<Row, Message>,
): CollectionConfig<Row, string> {
  const { id, getKey, channel, read, load, commit, onError = console.error, clock, random } = options;
  const echoes = new Echoes();
  let rows: SyncedRows<Row> | undefined;

  const send = async ({ transaction }: { readonly transaction: { readonly mutations: readonly Pending<Row>[] } }) => {
    await Promise.all(transaction.mutations.map(sendOne)); // all at once: the client keeps their order
  };
  const sendOne = async ({ type, key, mutationId, modified, original, changes }: Pending<Row>): Promise<void> => {
    const last = rows?.versions.removals.get(key);
    const row = type === "delete" ? (original as Row) : modified;
    const result = await commit({ kind: type, id: key, mutationId, row, changes: changes as Partial<Row> });
    const removal = type === "delete" ? rows?.versions.removalBy<Row>(result, key, last) : undefined;
    if (removal) rows?.take(removal);
    if (type === "delete") return;
    if (result) rows?.take({ kind: "put", row: result });
    else await echoes.of(mutationId); // before it has come, there is nothing to show in place of the change
  };

  return {
    ...(id !== undefined && { id }),
    getKey,
    onInsert: send,
    onUpdate: send,
    onDelete: send,
    sync: {
      sync(sync) {
        const synced = new SyncedRows(sync, options);
        let isReady = false;
        let isRequested = false;
        rows = synced;
        const copyOnce = async () => {
          try {
            if (!(await synced.copy(load))) return;
          } catch (cause) {
            if (!isReady) sync.markError(cause);
            throw cause;
          }
          isReady = true;
          echoes.receiveAll();
          sync.markReady();
        };
        const loader = new CopyLoader({ load: copyOnce, onError, clock, random });
        const copy = () => {
          isRequested = true;
          loader.start();
        };
        const stop = channel.subscribe({
          message(message) {
            const change = read(message);
            if (!change) return;
            synced.take(change);
            if (change.mutationId !== undefined) echoes.receive(change.mutationId);
          },
          change: ({ status }) => status === "subscribed" && !isRequested && copy(),
          gap: () => isRequested && copy(),
        });
        return () => {
          loader.stop();
          stop();
        };
      },
    },
  };
}

type Pending<Row extends object> = PendingMutation<Row>;
