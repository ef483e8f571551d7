import type { ClientClock } from "../browser-clock.js";
import { look, LOOK_MS, type Pulse } from "../connection/heartbeat.js";
import type { LinkEvents, TransportLink, TransportRequest } from "../realtime-transport.js";
import type { TabBus } from "./tab-message.js";

/** The dependencies of a tab's link. */
export interface TabLinkDeps {
  readonly bus: TabBus;
  readonly locks: Pick<LockManager, "request">;
  readonly clock: ClientClock;
  /** Names the link among all tabs, and its lock. */
  readonly link: string;
  /** As the app names it. */
  readonly identity: string | undefined;
  /**
   * The tab has to have a link of its own, in this same attempt: the browser gives no lock after all, the leader's connection is
   * another's, or the leader does not respond.
   */
  readonly onAlone: () => void;
  /** The shared connection does not hold this tab's channels as well: the next attempt is to be the tab's own. */
  readonly onSeparate: () => void;
}

/** A tab's side: a link through the leader. Its lock shows the leader that the tab is alive. */
export function openTabLink(
  request: TransportRequest,
  events: LinkEvents,
  { bus, locks, clock, link, identity, onAlone, onSeparate }: TabLinkDeps,
): TransportLink {
  let isReceiving = false;
  let isOver = false;
  let release: (() => void) | undefined; // there from when we hold our lock
  let cancel: (() => void) | undefined;
  const pulse: { -readonly [Key in keyof Pulse]: Pulse[Key] } = { lookedAt: 0, receivedAt: 0, pingedAt: undefined };

  const open = () => bus.send({ kind: "open", link, url: request.url, token: request.token, identity });
  const end = () => {
    isOver = true;
    stopListening();
    cancel?.();
    release?.();
  };
  const goAlone = () => {
    end();
    onAlone();
  };
  const close: LinkEvents["onClose"] = (...why) => {
    end();
    events.onClose(...why);
  };

  const stopListening = bus.listen((message): void => {
    if (message.kind === "leads") {
      if (!isReceiving) return release ? open() : undefined; // the first "open" may have been sent before any tab led
      return close(); // the former leader is dead, and so is its connection
    }
    if (!("link" in message) || message.link !== link) return;
    if (message.kind === "alone" && isReceiving) {
      onSeparate();
      return close();
    }
    if (message.kind === "alone") return goAlone();
    if (message.kind === "over") return close(message.code, message.error);
    if (message.kind !== "alive" && message.kind !== "receive") return;
    if (pulse.receivedAt === 0) watchLeader();
    pulse.receivedAt = clock.now();
    pulse.pingedAt = undefined;
    if (message.kind === "alive") return;
    isReceiving = true;
    events.onFrame(message.frame);
  });

  /** A leader may stand still: a dialog, a suspended process. It holds its lock, and sends nothing. */
  const watchLeader = (): void => {
    cancel?.();
    pulse.lookedAt = clock.now();
    cancel = clock.after(LOOK_MS, () => {
      const verdict = look(pulse, clock.now(), LOOK_MS);
      if (verdict === "dead") return isReceiving ? close() : goAlone();
      if (verdict === "ping") {
        pulse.pingedAt = clock.now();
        bus.send({ kind: "pulse", link });
      }
      watchLeader();
    });
  };

  locks
    .request(link, () => {
      if (isOver) return;
      const untilTheEnd = new Promise<void>((resolve) => (release = resolve));
      cancel = clock.after(LOOK_MS, goAlone); // no tab leads, or the leader does not respond
      open(); // not before: the leader will wait for this lock, and must not get it while we live
      return untilTheEnd;
    })
    .catch(() => isOver || goAlone());

  return {
    send: (frame) => bus.send({ kind: "send", link, frame }),
    close() {
      if (isOver) return;
      end();
      bus.send({ kind: "close", link });
    },
  };
}
