import { ListenerSet } from "../listeners.js";
import { reportCause } from "../report-error.js";
import type { TabBus, TabMessage } from "./tab-message.js";

/** A bus over a BroadcastChannel, which by itself does not speak to the one who speaks. */
export function createTabBus(channel: BroadcastChannel): TabBus {
  const listeners = new ListenerSet<{ readonly heard: (message: TabMessage) => void }>(reportCause);
  const tell = (message: TabMessage) => listeners.emit("heard", message);
  channel.onmessage = ({ data }) => tell(data);
  return {
    say(message) {
      channel.postMessage(message);
      queueMicrotask(() => tell(message)); // later, as for the others
    },
    listen: (heard) => listeners.add({ heard }),
  };
}
