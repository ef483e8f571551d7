import { once } from "node:events";
import { Agent, request, type ClientRequest, type IncomingMessage } from "node:http";
import type { ServerFrame } from "@repo/core-realtime";
import type { ConnectOptions, LinkEvents, RawLink } from "@repo/core-testing/contracts";
import { EventReader } from "./event-reader.js";

/** A client of the binding on Node's own HTTP: a stream to read, POSTs one after the other. Rejects where the server refuses. */
export async function connectSse(url: string, options: ConnectOptions, events: LinkEvents): Promise<RawLink> {
  const { token, first } = options;
  const shown = { ...options.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const early = first === undefined ? {} : { "fourgate-first": Buffer.from(first).toString("base64url") };
  const get = request(url, { agent: false, headers: { accept: "text/event-stream", ...shown, ...early } });
  const response = await responseTo(get);
  if (response.statusCode !== 200) {
    get.destroy();
    throw new Error(`The server replied ${response.statusCode}.`);
  }
  const reader = new EventReader(({ data }) => events.onFrame(JSON.parse(data) as ServerFrame));
  response.on("error", () => undefined); // some cases cut the connection; "close" reports it
  const poster = new Poster(url, { ...shown, "fourgate-connection": String(response.headers["fourgate-connection"]) });
  poster.onRefusal = (text) => events.onFrame(JSON.parse(text) as ServerFrame);
  response.setEncoding("utf8").on("data", (text: string) => {
    const { comments } = reader;
    reader.push(text);
    if (reader.comments > comments) poster.post(`{"type":"ping"}`); // as a client must
  });
  response.once("close", () => {
    poster.stop();
    events.onClose();
  });
  return {
    send: (frame) => poster.post(JSON.stringify(frame)),
    sendText: (text) => poster.post(text),
    sendBytes: (bytes) => poster.postBody(bytes),
    close: () => get.destroy(),
    abort: () => get.socket?.resetAndDestroy(),
    pause: () => response.pause(),
    resume: () => response.resume(),
  };
}

async function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  const responded = once(sent, "response");
  sent.end();
  const [response] = (await responded) as [IncomingMessage];
  sent.on("error", () => undefined);
  return response;
}

/** Posts what is sent, in order: one POST at a time, with all that came up during the one before. */
class Poster {
  onRefusal: (text: string) => void = () => undefined;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #frames: string[] = [];
  #isBusy = false;
  #isOver = false;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#headers = headers;
  }

  post(frame: string): void {
    this.#frames.push(frame);
    if (!this.#isBusy) void this.#postAll();
  }

  /** A body of one's own making, whatever is under way. */
  postBody(body: string | Uint8Array): void {
    void this.#send(body);
  }

  stop(): void {
    this.#isOver = true;
    this.#agent.destroy();
  }

  async #postAll(): Promise<void> {
    this.#isBusy = true;
    while (this.#frames.length > 0 && !this.#isOver) {
      const frames = this.#frames;
      this.#frames = [];
      await this.#send(`[${frames.join(",")}]`);
    }
    this.#isBusy = false;
  }

  async #send(body: string | Uint8Array): Promise<void> {
    const headers = { "content-type": "application/json", ...this.#headers };
    const post = request(this.#url, { method: "POST", agent: this.#agent, headers });
    post.on("error", () => undefined);
    try {
      const responded = once(post, "response");
      post.end(body);
      const [response] = (await responded) as [IncomingMessage];
      const text = (await response.setEncoding("utf8").toArray()).join("");
      if (response.statusCode !== 202) this.onRefusal(text);
    } catch {
      this.#frames = []; // the connection is cut: there is no server to send to
    }
  }
}
