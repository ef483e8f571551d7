// chat-room.ts
import type { RealtimeClient } from "fourgate/client";
import type { chatChannel, typingChannel } from "./chat.channel.js"; // types: no schema reaches the browser

export type ChatChannels = typeof chatChannel | typeof typingChannel;

interface Line {
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

const TYPING_MS = 4_000; // after that without another message, somebody has stopped typing

/** One open room. `show` is called whenever its lines, or who is typing, have changed. */
export function openRoom(
  client: RealtimeClient<ChatChannels>,
  roomId: string,
  show: (lines: readonly Line[], typing: readonly string[]) => void,
) {
  const chat = client.channel("chat.{roomId}", { roomId });
  const typing = client.channel("chat.{roomId}.typing", { roomId });
  const typers = new Map<string, ReturnType<typeof setTimeout>>();
  let lines: readonly Line[] = [];
  let lastSent = 0;
  const changed = () => show(lines, [...typers.keys()]);
  const stopped = (from: string) => {
    clearTimeout(typers.get(from));
    if (typers.delete(from)) changed();
  };

  chat.subscribe({
    opening(last) {
      lines = last;
      changed();
    },
    message({ payload }) {
      if (lines.some(({ id }) => id === payload.id)) return; // it was in the opening
      lines = [...lines, payload];
      changed();
      stopped(payload.from);
    },
  });
  typing.on("typing", ({ from, isTyping }) => {
    stopped(from);
    if (!isTyping) return;
    typers.set(from, setTimeout(stopped, TYPING_MS, from));
    changed();
  });

  return {
    post: (text: string) => chat.publish("post", { text }), // waits while offline
    /** Call it at each keystroke: at most one message a second leaves. */
    isTyping() {
      if (Date.now() - lastSent < 1_000) return;
      lastSent = Date.now();
      void typing.publish("typing", { isTyping: true }).catch(() => undefined); // not worth an error
    },
    close() {
      chat.unsubscribe();
      typing.unsubscribe();
      for (const timer of typers.values()) clearTimeout(timer);
    },
  };
}
