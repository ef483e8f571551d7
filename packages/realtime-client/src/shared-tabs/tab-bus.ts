import { ListenerSet } from "../listeners.js";
import { reportCause } from "../report-error.js";
import type { TabBus, TabMessage } from "./tab-message.js";

/** A bus over a BroadcastChannel, which by itself does not deliver to its sender. */
export function createTabBus(channel: BroadcastChannel): TabBus {
  const listeners = new ListenerSet<{ readonly message: (message: TabMessage) => void }>(reportCause);
  const emit = (message: TabMessage) => listeners.emit("message", message);
  channel.onmessage = ({ data }) => emit(data);
  return {
    send(message) {
      channel.postMessage(message);
      queueMicrotask(() => emit(message)); // later, as for the others
    },
    listen: (message) => listeners.add({ message }),
  };
}
