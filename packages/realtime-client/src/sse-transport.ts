import type { ErrorFrame, WireError } from "@repo/core-realtime";
import { base64url } from "./base64url.js";
import { parseFrame } from "./connection/frame-decoder.js";
import { createPostQueue } from "./post-queue.js";
import type { IRealtimeTransport } from "./realtime-transport.js";
import { eventReader } from "./sse-events.js";

/** The options of an SSE transport. */
export interface SseTransportOptions {
  /** Where this transport's endpoint differs from the client's `url`. */
  readonly url?: string;
  /** `"include"` sends cookies to another origin too; default `"same-origin"`. */
  readonly credentials?: RequestCredentials;
  /** The function that sends requests; default: the global one. */
  readonly fetch?: typeof fetch;
}

/** Server frames on a stream of events, client frames by POST: for where WebSockets do not get through. */
export function sse(options: SseTransportOptions = {}): IRealtimeTransport {
  let hasOpened = false; // then the address is right, and a lost network is a state, not an error
  return {
    name: "sse",
    carriesFirst: true,
    open({ url, token, first }, { onFrame, onClose, onOpen, onError }) {
      const { fetch = globalThis.fetch, credentials = "same-origin" } = options;
      const aborter = new AbortController();
      let connectionId = "";
      let pingMs = Infinity;
      let postedAt = performance.now();
      let awaitedPongs = 0; // of pings that were not the heartbeat's
      const { signal } = aborter;
      const address = new URL(options.url ?? url, globalThis.location?.href);
      const request = (headers: Readonly<Record<string, string>>, rest: RequestInit = {}) =>
        fetch(address, {
          ...rest,
          headers: {
            ...headers,
            ...(token && { authorization: `Bearer ${isPlain(token) ? token : "fourgate.token." + base64url(token)}` }),
          },
          credentials,
          cache: "no-store",
          signal,
        });
      /** A page of a foreign origin may read a refusal only where it sends neither cookies nor headers of its own. */
      const explain = async (cause: unknown) => {
        if (hasOpened) throw cause;
        const response = await fetch(address, { signal }); // sends no cookies to another origin
        if (response.status !== 403) throw cause;
        return response;
      };
      const fail = (code?: number, error?: WireError) => {
        if (signal.aborted) return false;
        aborter.abort();
        onClose(code, error);
        return false;
      };
      const failBy = (cause: unknown) => {
        if (!signal.aborted && !(hasOpened && cause instanceof TypeError)) onError?.(cause);
        return fail();
      };
      const read = eventReader((data) => {
        const frame = parseFrame(data);
        if (frame.type === "connected") ({ connectionId, pingMs } = frame);
        if (frame.type === "pong" && awaitedPongs === 0) return;
        if (frame.type === "pong") awaitedPongs -= 1;
        if (!signal.aborted) onFrame(frame);
      });

      const stream = async () => {
        const response = await request({
          accept: "text/event-stream",
          ...(first && { "fourgate-first": base64url(first) }),
        }).catch(explain);
        if (!response.ok || !response.body) {
          const error = await refusalIn(response);
          if (!error) return failBy(unexpected(response));
          return fail(error.retry === "later" ? undefined : STAY_AWAY, error);
        }
        hasOpened = true;
        onOpen?.();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return fail();
          read(value);
          heartbeat();
        }
      };

      /** Only POSTs show the server that the client is alive. Frames of the server trigger them, since a hidden tab's timers sleep. */
      const heartbeat = () => {
        if (performance.now() - postedAt > pingMs / 3) post({ type: "ping" });
      };
      const post = createPostQueue(async (body) => {
        postedAt = performance.now();
        try {
          const headers = { "content-type": "application/json", "fourgate-connection": connectionId };
          const response = await request(headers, { method: "POST", body });
          if (response.ok) return true;
          const error = await refusalIn(response);
          return error ? fail(undefined, error) : failBy(unexpected(response)); // with a new stream the client may be accepted again
        } catch (cause) {
          return failBy(cause); // no network: the next link sends it again
        }
      });
      stream().catch(failBy);
      return {
        send(frame) {
          if (frame.type === "ping") awaitedPongs += 1;
          post(frame);
        },
        close: () => aborter.abort(),
      };
    },
  };
}

/** Whether a header carries it as it is (RFC 6750), and the server does not take it for an encoded one. */
function isPlain(token: string): boolean {
  return /^(?!fourgate\.token\.)[\w.~+/=-]+$/.test(token);
}

/** A reply that does not come from our server: a proxy, a wrong address. */
function unexpected({ url, status }: Response): Error {
  return new Error(`${url} replied with ${status} and no event stream. Check the url and the proxies.`);
}

const STAY_AWAY = 4500; // a refused GET has no close code; what is not to be tried again means this

async function refusalIn(response: Response): Promise<WireError | undefined> {
  try {
    const { error }: Partial<ErrorFrame> = await response.json();
    return error;
  } catch {
    return undefined; // a proxy's page, not a reply of our server
  }
}
