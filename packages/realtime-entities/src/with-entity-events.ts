import type { IEventBus } from "@repo/core-events";
import { KeyedSerialQueue } from "@repo/core-realtime";
import { ChangeBuffer, type ChangeOutlet } from "./change-outlet.js";
import { ChangePublisher, type UnpublishedChange } from "./change-publisher.js";
import type { EntityChannels } from "./define-entity-channels.js";
import type {
  EntityRepository,
  EntityRow,
  TransactionalRepository,
  UnitOfWork,
  WithEntityEvents,
} from "./entity-repository.js";
import { EntityVersions } from "./entity-versions.js";
import { EntityWriter } from "./entity-writer.js";
import { withMethods } from "./with-methods.js";

/** Which channels, and where failures are reported. */
export interface EntityEventsOptions<Input> {
  /** Names the event that is published. */
  readonly channels: Pick<EntityChannels<string, Input>, "changed">;
  /** A publish failed. The write stands. */
  readonly onError: (failure: UnpublishedChange) => void;
  /** Leave out where the repository runs its own transactions, or has none. */
  readonly unitOfWork?: UnitOfWork;
  /** Milliseconds since 1970, for versions of rows that carry none; default `Date.now`. */
  readonly now?: () => number;
}

/**
 * The same repository; each write is published on the bus after its commit, in order. A rollback publishes nothing.
 * @example
 * const tasks = withEntityEvents(repository, bus, { channels: taskEntity, onError });
 * await tasks.update("7", { title: "better" }, { mutationId, baseVersion: 3, by: user.userId });
 * await tasks.transaction(async (tx) => { … }); // published after the commit, or not at all
 */
export function withEntityEvents<Input, R extends EntityRepository<EntityRow & Input>>(
  repository: R,
  bus: IEventBus,
  { channels, onError, unitOfWork, now = Date.now }: EntityEventsOptions<Input>,
): WithEntityEvents<R> {
  const versions = new EntityVersions(now);
  const { changed } = channels;
  const outlet = new ChangePublisher({ bus, changed, versions, onError, unitOfWork });
  return wrap(repository, outlet, versions) as unknown as WithEntityEvents<R>; // `wrap` keeps the shape and forgets the rows
}

function wrap(repository: EntityRepository, outlet: ChangeOutlet, versions: EntityVersions): EntityRepository {
  const writer = new EntityWriter(repository, { outlet, versions, queue: new KeyedSerialQueue() });
  return withMethods(repository, {
    create: writer.create.bind(writer),
    update: writer.update.bind(writer),
    delete: writer.delete.bind(writer),
    ...(isTransactional(repository) && {
      transaction: async <Result>(run: (tx: EntityRepository) => Promise<Result>): Promise<Result> => {
        outlet.assertOpen();
        let buffer = new ChangeBuffer(outlet);
        const attempt = (tx: EntityRepository) => {
          buffer.rollBack(); // of a try before this one, which came to nothing
          buffer = new ChangeBuffer(outlet);
          return run(wrap(tx, buffer, versions));
        };
        const result = await repository.transaction(attempt).catch((cause: unknown) => {
          buffer.rollBack();
          throw cause;
        });
        await buffer.commit();
        return result;
      },
    }),
  });
}

function isTransactional(
  repository: EntityRepository,
): repository is EntityRepository & TransactionalRepository<EntityRepository> {
  return "transaction" in repository && typeof repository.transaction === "function";
}
