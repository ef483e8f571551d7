import type { WireError } from "@repo/core-realtime";
import { browserClock, type ClientClock } from "./browser-clock.js";
import type { IRealtimeTransport, TransportLink } from "./realtime-transport.js";
import { sse } from "./sse-transport.js";
import { ws } from "./ws-transport.js";

/** Where it is remembered that WebSockets do not get through; `sessionStorage` will do. */
export type TransportMemory = Pick<Storage, "getItem" | "setItem">;

/** How to choose. */
export interface AutoTransportOptions {
  readonly first?: IRealtimeTransport;
  /** Taken where the first does not get through. */
  readonly second?: IRealtimeTransport;
  /** So many ms one goes straight to the second; default one hour, then the first has another chance. */
  readonly rememberMs?: number;
  /** So many ms the first has to be heard; default 5 000. A proxy that swallows upgrades says nothing at all. */
  readonly patienceMs?: number;
  readonly memory?: TransportMemory | undefined;
  readonly clock?: ClientClock;
}

const KEY = "fourgate.second-transport-until";
const FAILURES = 3; // of a first that has worked: rather the server is away than a new proxy in between

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
    open(request, events) {
      let link: TransportLink | undefined;
      let cancel: (() => void) | undefined;

      const use = (transport: IRealtimeTransport, onUnheard: (code?: number, error?: WireError) => void): void => {
        let wasHeard = false;
        current = transport;
        const mine = transport.open(request, {
          onFrame(frame) {
            if (link !== mine) return; // late words of one that was given up
            if (!wasHeard) succeed(transport);
            wasHeard = true;
            events.onFrame(frame);
          },
          onClose(code, error) {
            if (link !== mine) return;
            cancel?.();
            if (wasHeard || isOurServer(code)) events.onClose(code, error);
            else onUnheard(code, error);
          },
        });
        link = mine;
      };

      const succeed = (transport: IRealtimeTransport): void => {
        cancel?.();
        failures = 0;
        if (transport === first) hasWorked = true;
        else if (clock.now() >= secondUntil) remember(clock.now() + rememberMs);
      };

      const useFirst = (): void => {
        use(first, (code, error) => {
          failures += 1;
          if (hasWorked && failures < FAILURES) events.onClose(code, error);
          else useSecond();
        });
        cancel = clock.after(patienceMs, () => {
          link?.close();
          useSecond();
        });
      };

      const useSecond = (): void =>
        use(second, (code, error) => {
          remember(0); // neither gets through: the next attempt begins with the better one
          events.onClose(code, error);
        });

      if (clock.now() < secondUntil) useSecond();
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

/** Our own server's close codes: it was reached, and no other transport would be told otherwise. */
function isOurServer(code = 0): boolean {
  return code >= 4100;
}

/** A page may be forbidden to store anything, or have no room left; then it is remembered until a reload. */
function allowed<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
