import type { ChannelListener } from "../channel/channel-listener.js";
import { reportCause } from "../report-error.js";
import type { CollectionChange } from "./collection-change.js";
import { CopyLoader, type CopyLoaderDeps } from "./copy-loader.js";
import type { OptimisticCollection } from "./optimistic-collection.js";

/** What is needed of a channel's handle. */
export interface Followed<Message> {
  /** Listens to the channel. */
  subscribe(listener: ChannelListener<Message>): () => void;
}

/** How a channel's messages are read, and how a complete copy is loaded. */
export interface FollowOptions<Row, Message> extends Pick<CopyLoaderDeps, "clock" | "random"> {
  /** Undefined for messages that do not concern the collection. */
  readonly read: (message: Message) => CollectionChange<Row> | undefined;
  /** Called after the subscribe, so that nothing falls between, again after each gap, and again with back-off while it fails. */
  readonly load?: (() => Promise<Iterable<Row>>) | undefined;
  /** A copy could not be loaded, which `collection.copy` shows too; default: reported as an error of the page. */
  readonly onError?: ((cause: unknown) => void) | undefined;
}

/** Keeps a collection in step with a channel; returns the undo. */
export function followChannel<Row, Message>(
  handle: Followed<Message>,
  collection: OptimisticCollection<Row>,
  { read, load, onError = reportCause, ...timing }: FollowOptions<Row, Message>,
): () => void {
  let isLoaded = false;
  const loader = load && new CopyLoader({ load: () => collection.load(load), onError, ...timing });
  const copy = () => {
    isLoaded = true;
    loader?.start();
  };
  const stop = handle.subscribe({
    message(message) {
      const change = read(message);
      if (change) collection.receive(change);
    },
    change: ({ status }) => status === "subscribed" && !isLoaded && copy(),
    gap: () => isLoaded && copy(),
  });
  return () => {
    stop();
    loader?.stop();
  };
}
