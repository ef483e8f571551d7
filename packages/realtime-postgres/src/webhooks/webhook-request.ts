import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Clock } from "@repo/core-realtime";
import type { WebhookTarget } from "./webhook-target.js";

export interface WebhookResponse {
  readonly status: number;
  /** The milliseconds of `Retry-After`; 0 where there is none. */
  readonly retryAfterMs: number;
}

export interface WebhookRequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole of it: connecting, sending, and the response to its last byte. */
  readonly timeoutMs: number;
  /** How much of a response is read; its status counts where it is longer. */
  readonly maxResponseBytes: number;
  readonly clock: Clock;
  /** Further certificate authorities, in PEM: for receivers of a private network. */
  readonly ca?: string | undefined;
}

/**
 * Sends one request to a checked target: only to the addresses that were checked, without resolving the name again, without following
 * redirects, each over a connection of its own. Rejects where no whole response came.
 */
export function postWebhook(target: WebhookTarget, options: WebhookRequestOptions): Promise<WebhookResponse> {
  const { headers, body, timeoutMs, maxResponseBytes, clock, ca } = options;
  const { url } = target;
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      headers,
      agent: false,
      lookup: pinned(target.addresses),
      ...(ca !== undefined && { ca }),
    });
    const stop = clock.after(timeoutMs, () => sent.destroy(new Error("No whole response before the time-out.")));
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    sent.on("error", fail);
    sent.on("close", () => fail(new Error("The connection was closed before a whole response.")));
    sent.on("response", (response) => {
      const done = (): void => {
        stop();
        resolve({ status: response.statusCode ?? 0, retryAfterMs: secondsOf(response.headers["retry-after"]) * 1000 });
      };
      let received = 0;
      response.on("data", (chunk: Buffer) => {
        received += chunk.length;
        if (received <= maxResponseBytes) return;
        done();
        sent.destroy();
      });
      response.on("end", done);
      response.on("error", fail);
    });
    sent.end(body);
  });
}

/** A resolver of these addresses only, whichever name it is called with. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all: wantsAll }, callback) => {
    const [first] = all;
    if (wantsAll) callback(null, all);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function secondsOf(retryAfter: string | undefined): number {
  return retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : 0;
}
