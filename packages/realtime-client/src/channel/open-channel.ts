import { refusal } from "../realtime-refusal.js";
import type { Outbox } from "../outbox.js";
import type { ChannelHandle } from "./channel-handle.js";
import type { ChannelListener } from "./channel-listener.js";
import { NOBODY_LISTENS } from "./channel-state.js";
import type { ChannelTable } from "./create-channel-table.js";

/** What a handle speaks to. */
export interface HandleDeps extends Pick<Outbox, "post">, Pick<ChannelTable, "find"> {
  readonly listen: (listener: ChannelListener) => () => void;
}

/** Makes a handle of a channel by its concrete name. It holds nothing until somebody listens. */
export function openChannel(name: string, { find, listen, post }: HandleDeps): ChannelHandle {
  const undos = new Set<() => void>();
  const subscribe = (listener: ChannelListener): (() => void) => {
    const undo = listen(listener);
    undos.add(undo);
    return undo;
  };
  const stateNow = () => find(name)?.state ?? NOBODY_LISTENS;
  return {
    name,
    get state() {
      return stateNow();
    },
    get status() {
      return stateNow().status;
    },
    get latest() {
      return stateNow().latest;
    },
    subscribe: (listener) => subscribe(typeof listener === "function" ? { message: listener } : listener),
    on: (event, listener) =>
      subscribe({ message: (message) => message.event === event && listener(message.payload, message as never) }),
    async publish(...message) {
      const { status, error } = stateNow();
      if (status === "idle") throw refusal("NOT_SUBSCRIBED", "Subscribe first.", "never");
      if (error) throw error;
      const keep = listen({}); // a channel with something to say is not left
      const [event, payload] = message.length > 1 ? message : [undefined, message[0]];
      return post({ channel: name, event, payload }).finally(keep);
    },
    unsubscribe() {
      undos.forEach((undo) => undo());
      undos.clear();
    },
  };
}
