import type { TabBus, TabMessage } from "./tab-message.js";

/** A bus over a BroadcastChannel, which by itself does not speak to the one who speaks. */
export function createTabBus(channel: BroadcastChannel): TabBus {
  const listeners = new Set<(message: TabMessage) => void>();
  const tell = (message: TabMessage) => {
    for (const listener of [...listeners]) listener(message);
  };
  channel.onmessage = ({ data }) => tell(data);
  return {
    say(message) {
      channel.postMessage(message);
      queueMicrotask(() => tell(message)); // later, as for the others
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
