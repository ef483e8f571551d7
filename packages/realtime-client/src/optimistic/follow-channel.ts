import type { ChannelListener } from "../channel/channel-listener.js";
import { reportCause } from "../report-error.js";
import type { CollectionChange } from "./collection-change.js";
import type { OptimisticCollection } from "./optimistic-collection.js";

/** What is needed of a channel's handle. */
export interface Followed<Message> {
  subscribe(listener: ChannelListener<Message>): () => void;
}

/** How a channel's messages are read, and where a copy of everything is to be had. */
export interface FollowOptions<Row, Message> {
  /** Undefined for messages that are none of the collection's business. */
  readonly read: (message: Message) => CollectionChange<Row> | undefined;
  /** Asked for after the subscribe, so that nothing falls between, and again after each gap. */
  readonly load?: (() => Promise<Iterable<Row>>) | undefined;
  /** A copy could not be had; default: reported as an error of the page. */
  readonly onError?: ((cause: unknown) => void) | undefined;
}

/** Keeps a collection in step with a channel; returns the undo. */
export function followChannel<Row, Message>(
  handle: Followed<Message>,
  collection: OptimisticCollection<Row>,
  { read, load, onError = reportCause }: FollowOptions<Row, Message>,
): () => void {
  let isLoaded = false;
  const copy = () => {
    isLoaded = true;
    if (load) collection.load(load).catch(onError);
  };
  return handle.subscribe({
    message(message) {
      const change = read(message);
      if (change) collection.receive(change);
    },
    change: ({ status }) => status === "subscribed" && !isLoaded && copy(),
    gap: () => isLoaded && copy(),
  });
}
