import type { Outbox } from "../outbox.js";
import { refusal } from "../realtime-refusal.js";
import type { ChannelHandle } from "./channel-handle.js";
import { NOBODY_LISTENS } from "./channel-state.js";
import type { ChannelTable } from "./create-channel-table.js";
import type { JoinOptions } from "./join-options.js";

/** The dependencies of a handle. */
export interface HandleDeps {
  readonly table: ChannelTable;
  readonly outbox: Outbox;
  /** The app has disconnected: what is published now would be sent later, perhaps as another user. */
  readonly isClosed: () => boolean;
}

/** Makes a handle of a channel by its concrete name. It holds nothing until it has a listener. */
export function openChannel(
  name: string,
  options: JoinOptions,
  { table, outbox, isClosed }: HandleDeps,
): ChannelHandle {
  const undos = new Set<() => void>();
  const handle: ChannelHandle = {
    name,
    get state() {
      return table.byName.get(name)?.state ?? NOBODY_LISTENS;
    },
    get status() {
      return handle.state.status;
    },
    get latest() {
      return handle.state.latest;
    },
    subscribe(listener) {
      const leave = table.listen(name, typeof listener === "function" ? { message: listener } : listener, options);
      const undo = () => {
        undos.delete(undo);
        leave();
      };
      undos.add(undo);
      return undo;
    },
    on(event, listener) {
      return handle.subscribe((message) =>
        message.event === event ? listener(message.payload, message as never) : undefined,
      );
    },
    async publish(...message: readonly unknown[]) {
      const { status, error } = handle.state;
      if (status === "idle") throw refusal("NOT_SUBSCRIBED");
      if (status === "refused") throw error; // one that is only requested again takes it later
      if (isClosed()) throw refusal("TRANSPORT_LOST", "later");
      const keep = table.listen(name, {}, options); // a channel with messages to send is not left
      return outbox
        .post({ channel: name, event: message.at(-2) as string | undefined, payload: message.at(-1) })
        .finally(keep);
    },
    unsubscribe() {
      undos.forEach((undo) => undo());
    },
  };
  return handle;
}
