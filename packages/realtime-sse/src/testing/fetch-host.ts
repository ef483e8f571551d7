import { once } from "node:events";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Readable } from "node:stream";

type Handler = (request: Request) => Promise<Response>;

/** What a framework does around a route handler: a Request of what came, and its Response back with the peer's own pace. */
export class FetchHost {
  readonly #addresses = new WeakMap<Request, string>();

  readonly remoteAddressOf = (request: Request): string | undefined => this.#addresses.get(request);

  serving(handler: Handler): RequestListener {
    return (incoming, outgoing) => {
      const request = requestOf(incoming, outgoing);
      this.#addresses.set(request, incoming.socket.remoteAddress ?? "");
      void handler(request).then((response) => giveBack(response, outgoing));
    };
  }
}

function requestOf(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]),
    body: hasBody ? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>) : null,
    duplex: "half",
    signal: gone.signal,
  } as RequestInit);
}

async function giveBack(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const gone = once(outgoing, "close");
  try {
    for await (const bytes of response.body ?? [])
      if (!outgoing.write(bytes)) await Promise.race([once(outgoing, "drain"), gone]);
    outgoing.end();
  } catch {
    outgoing.destroy(); // the body was cut
  }
}
