import type { WireError } from "@repo/core-realtime";
import { browserClock, type ClientClock } from "./browser-clock.js";
import type { IRealtimeTransport, TransportLink } from "./realtime-transport.js";
import { sse } from "./sse-transport.js";
import { ws } from "./ws-transport.js";

/** Where it is remembered that WebSockets do not get through; `sessionStorage` will do. */
export type TransportMemory = Pick<Storage, "getItem" | "setItem">;

/** The options of `auto`. */
export interface AutoTransportOptions {
  /** Tried first; default: `ws()`. */
  readonly first?: IRealtimeTransport;
  /** Taken where the first does not get through. */
  readonly second?: IRealtimeTransport;
  /** For so many ms the second is tried at once where the first has failed twice in a row; default one hour. After one failure: a minute. */
  readonly rememberMs?: number;
  /** So many ms the first has to be open; default 5 000. A proxy that swallows upgrades sends nothing at all. */
  readonly patienceMs?: number;
  /** Where the choice is remembered; default: `sessionStorage`. */
  readonly memory?: TransportMemory | undefined;
  /** The clock and its timers; default: the browser's. */
  readonly clock?: ClientClock;
}

/** A transport's link has closed without a frame. */
type OnUnreached = (wasOpen: boolean, code?: number, error?: WireError) => void;

const KEY = "fourgate.second-transport-until";
const FIRST_MEMORY_MS = 60_000; // one failure may be a server that has just restarted
const FAILURES = 3; // of a first that has worked: more likely the server is away than a new proxy in between

/** WebSocket, or SSE and POST where the upgrade is refused; remembers which. */
export function auto({
  first = ws(),
  second = sse(),
  rememberMs = 3_600_000,
  patienceMs = 5_000,
  memory = allowed(() => globalThis.sessionStorage),
  clock = browserClock,
}: AutoTransportOptions = {}): IRealtimeTransport {
  let current = first;
  let hasWorked = false;
  let failures = 0;
  let secondUntil = Number(allowed(() => memory?.getItem(KEY)) ?? 0);

  const remember = (until: number): void => {
    secondUntil = until;
    allowed(() => memory?.setItem(KEY, String(until)));
  };

  return {
    get name() {
      return current.name;
    },
    carriesFirst: first.carriesFirst && second.carriesFirst,
    open(request, events) {
      let link: TransportLink | undefined;
      let cancel: (() => void) | undefined;

      const use = (transport: IRealtimeTransport, onUnreached: OnUnreached): void => {
        let wasReached = false;
        let wasOpen = false;
        current = transport;
        const mine = transport.open(request, {
          onFrame(frame) {
            if (link !== mine) return; // a late event of an attempt that was abandoned
            if (!wasReached) succeed(transport);
            wasReached = true;
            events.onFrame(frame);
          },
          onOpen() {
            if (link !== mine) return;
            wasOpen = true; // the upgrade got through; gate 1 may be slow
            cancel?.();
          },
          // after the first comes the second; once the first has worked, that neither gets through is a state, not an error
          onError: (cause) => hasWorked || (link === mine && transport === second && events.onError?.(cause)),
          onClose(code, error) {
            if (link !== mine) return;
            cancel?.();
            if (wasReached || isOurServer(code)) events.onClose(code, error);
            else onUnreached(wasOpen, code, error);
          },
        });
        link = mine;
      };

      const succeed = (transport: IRealtimeTransport): void => {
        cancel?.();
        if (transport === first) {
          failures = 0;
          hasWorked = true;
          if (secondUntil > 0) remember(0);
        } else if (clock.now() >= secondUntil) {
          const hasFailedBefore = secondUntil > 0; // and the first had another chance since
          remember(clock.now() + (hasFailedBefore ? rememberMs : Math.min(rememberMs, FIRST_MEMORY_MS)));
        }
      };

      const useFirst = (): void => {
        failures += 1; // until it is received
        use(first, (wasOpen, code, error) => {
          if ((hasWorked || wasOpen) && failures < FAILURES) events.onClose(code, error);
          else useSecond();
        });
        cancel = clock.after(patienceMs, () => {
          link?.close();
          useSecond();
        });
      };

      const useSecond = (): void => {
        failures = 0; // where it does not get through either, the next attempt begins with the better one
        use(second, (_, code, error) => {
          remember(0);
          events.onClose(code, error);
        });
      };

      if (clock.now() < secondUntil || failures >= FAILURES) useSecond();
      else useFirst();
      return {
        send: (frame) => link?.send(frame),
        close() {
          const ending = link;
          link = undefined;
          cancel?.();
          ending?.close();
        },
      };
    },
  };
}

/** Our own server's close codes: it was reached, and would refuse another transport too. */
function isOurServer(code = 0): boolean {
  return code >= 4100;
}

/** A page may be forbidden to store anything, or have no room left; then it is remembered until a reload. */
function allowed<Value>(access: () => Value): Value | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
