import type { ClientFrame, ConnectedFrame } from "@repo/core-realtime";
import { sse as sseOfLibrary } from "@repo/realtime-client/sse";
import { SseRealtimeServer } from "@repo/realtime-sse";
import type { ChaosTransport } from "../chaos-transport";
import type { ChaosLinkEvents } from "../client/chaos-link";

const MAX_POSTED_FRAMES = 100; // PROTOCOL.md

/** Server-Sent Events there, POST back, with `fetch` as a browser has it. */
export const sse: ChaosTransport = {
  name: "sse",
  serverOn(httpServer) {
    const transport = new SseRealtimeServer();
    httpServer.on("request", (request, response) => {
      if (transport.isOwn(request)) transport.handleRequest(request, response);
      else response.writeHead(404).end();
    });
    return transport;
  },
  ofLibrary: sseOfLibrary(),
  linksTo: (port, token) => (events) => {
    const link = new SseLink(`http://127.0.0.1:${port}/realtime`, token, events);
    return { send: (frame) => link.send(frame), cut: () => link.cut() };
  },
};

class SseLink {
  readonly #url: string;
  readonly #authorization: string;
  readonly #end = new AbortController();
  #connectionId = "";
  #waiting: ClientFrame[] = [];
  #isPosting = false;

  constructor(url: string, token: string, events: ChaosLinkEvents) {
    this.#url = url;
    this.#authorization = `Bearer ${token}`;
    this.#read(events.onFrame)
      .catch(() => undefined) // a cut connection is what the suite is about
      .finally(() => events.onClose());
  }

  /** One POST at a time, with all that came up during the one before: order is the client's to keep. */
  send(frame: ClientFrame): void {
    this.#waiting.push(frame);
    if (!this.#isPosting) this.#postAll().catch(() => this.cut());
  }

  cut(): void {
    this.#end.abort();
  }

  async #read(onFrame: (frame: unknown) => void): Promise<void> {
    const { body } = await this.#fetch({ headers: { accept: "text/event-stream" } });
    let rest = "";
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (rest + text).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) for (const frame of framesOf(event)) onFrame(this.#noted(frame));
    }
  }

  #noted(frame: unknown): unknown {
    const { type, connectionId } = frame as Partial<ConnectedFrame>;
    if (type === "connected" && connectionId) this.#connectionId = connectionId;
    return frame;
  }

  async #postAll(): Promise<void> {
    this.#isPosting = true;
    while (this.#waiting.length > 0) {
      const body = JSON.stringify(this.#waiting.splice(0, MAX_POSTED_FRAMES));
      const headers = { "content-type": "application/json", "fourgate-connection": this.#connectionId };
      const { status } = await this.#fetch({ method: "POST", headers, body });
      if (status !== 202) throw new Error(`The server replied ${status}.`);
    }
    this.#isPosting = false;
  }

  #fetch({
    headers,
    ...request
  }: {
    headers: Record<string, string>;
    method?: string;
    body?: string;
  }): Promise<Response> {
    const { signal } = this.#end;
    return fetch(this.#url, { ...request, signal, headers: { ...headers, authorization: this.#authorization } });
  }
}

/** The frames of one event; a comment carries none. */
function framesOf(event: string): readonly unknown[] {
  const data = event.split("\n").filter((line) => line.startsWith("data:"));
  return data.length === 0 ? [] : [JSON.parse(data.map((line) => line.slice(5)).join("\n")) as unknown];
}
