// follow-cursors.ts
import type { RealtimeClient } from "fourgate/client";
import type { cursorsChannel } from "./cursors.channel.js";

const SEND_MS = 100; // ten a second; a connection may send twenty
const GONE_MS = 10_000; // a cursor that has not moved for so long is hidden

interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly userId: string;
}

/** Shows the cursors of others; `move` sends one's own, never more often than ten times a second. */
export function followCursors(
  client: RealtimeClient<typeof cursorsChannel>,
  boardId: string,
  show: (cursors: ReadonlyMap<string, Cursor>) => void,
) {
  const channel = client.channel("boards.{boardId}.cursors", { boardId });
  const cursors = new Map<string, Cursor>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let newest: { x: number; y: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = (connectionId: string) => {
    cursors.delete(connectionId);
    show(cursors);
  };
  const send = () => {
    timer = undefined;
    if (newest === undefined) return;
    void channel.publish("move", newest).catch(() => undefined); // a lost step is no error
    newest = undefined;
    timer = setTimeout(send, SEND_MS);
  };

  channel.on("moved", ({ connectionId, ...cursor }) => {
    cursors.set(connectionId, cursor);
    clearTimeout(timers.get(connectionId));
    timers.set(connectionId, setTimeout(hide, GONE_MS, connectionId));
    show(cursors);
  });
  return {
    move(place: { x: number; y: number }) {
      newest = place; // the last place is always sent, the ones between may not be
      if (timer === undefined) send();
    },
    close() {
      channel.unsubscribe();
      clearTimeout(timer);
      for (const each of timers.values()) clearTimeout(each);
    },
  };
}
