import type { LinkEvents, TransportLink, TransportRequest } from "../realtime-transport.js";
import type { TabBus } from "./tab-message.js";

/** What a tab's link stands on. */
export interface TabLinkDeps {
  readonly bus: TabBus;
  readonly locks: Pick<LockManager, "request">;
  /** Names the link among all tabs, and its lock. */
  readonly link: string;
  /** As the app says it. */
  readonly identity: string | undefined;
  /** The tab has to have a link of its own: the browser gives no lock after all, or the leader's connection is another's. */
  readonly onAlone: () => void;
}

/** A tab's part: a link by way of the leader. Its lock tells the leader that the tab lives. */
export function openTabLink(
  request: TransportRequest,
  events: LinkEvents,
  { bus, locks, link, identity, onAlone }: TabLinkDeps,
): TransportLink {
  let isHeard = false;
  let isOver = false;
  let release: (() => void) | undefined; // there from when we hold our lock

  const wish = () => bus.say({ kind: "open", link, url: request.url, token: request.token, identity });
  const end = () => {
    isOver = true;
    stopListening();
    release?.();
  };
  const stopListening = bus.listen((message): void => {
    if (message.kind === "leads") {
      if (!isHeard) return release ? wish() : undefined; // the first wish may have been said to nobody
      end();
      return events.onClose(); // the leader whom we knew is dead, and its connection with it
    }
    if (!("link" in message) || message.link !== link) return;
    if (message.kind === "hear") {
      isHeard = true;
      events.onFrame(message.frame);
    } else if (message.kind === "over") {
      end();
      events.onClose(message.code, message.error);
    } else if (message.kind === "alone") {
      end();
      onAlone();
    }
  });

  locks
    .request(link, () => {
      if (isOver) return;
      const untilTheEnd = new Promise<void>((resolve) => (release = resolve));
      wish(); // not before: the leader will wait for this lock, and must not get it while we live
      return untilTheEnd;
    })
    .catch(() => {
      if (isOver) return;
      end();
      onAlone();
    });

  return {
    send: (frame) => bus.say({ kind: "say", link, frame }),
    close() {
      if (isOver) return;
      end();
      bus.say({ kind: "bye", link });
    },
  };
}
