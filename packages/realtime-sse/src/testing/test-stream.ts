import { once } from "node:events";
import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { FrameReader, type ServerFrame } from "@repo/core-realtime";
import { EventReader } from "./event-reader.js";

interface Responded {
  readonly get: ClientRequest;
  readonly response: IncomingMessage;
}

type FrameOf<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;

/** A POST's body: whole, or as it comes. */
export type PostBody = string | Uint8Array | ReadableStream<Uint8Array>;

/** A stream that shows everything: its bytes, its frames, and the id that a browser would come back with. */
export class TestStream {
  readonly frames: ServerFrame[] = [];
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  /** Resolves when the stream has ended, however it did. */
  readonly ended: Promise<unknown>;
  /** Every chunk, as the network brought it. */
  readonly chunks: string[] = [];
  readonly reader: EventReader;
  readonly #reader = new FrameReader();
  readonly #get: ClientRequest;
  readonly #url: string;
  readonly #identity: Readonly<Record<string, string>>;
  #taken = 0;
  #onFrame: () => void = () => undefined;

  private constructor(url: string, identity: Readonly<Record<string, string>>, { get, response }: Responded) {
    this.#url = url;
    this.#identity = identity;
    this.#get = get;
    this.headers = response.headers;
    this.status = response.statusCode ?? 0;
    this.reader = new EventReader(({ data }) => {
      const frame = this.#reader.read(JSON.parse(data));
      if (frame) this.frames.push(frame);
      this.#onFrame();
    });
    response.setEncoding("utf8").on("data", (text: string) => {
      this.chunks.push(text);
      this.reader.push(text);
    });
    response.on("error", () => undefined); // a cut; `ended` shows it
    this.ended = new Promise((resolve) => response.once("close", resolve));
  }

  static async open(url: string, identity: Readonly<Record<string, string>>): Promise<TestStream> {
    const get = request(url, { agent: false, headers: { accept: "text/event-stream", ...identity } });
    const responded = once(get, "response");
    get.end();
    const [response] = (await responded) as [IncomingMessage];
    get.on("error", () => undefined);
    return new TestStream(url, identity, { get, response });
  }

  /** What its POSTs must show. */
  get capability(): string {
    return String(this.headers["fourgate-connection"]);
  }

  /** Takes the next frame of this type; those before it are passed over. */
  async next<Type extends ServerFrame["type"]>(type: Type): Promise<FrameOf<Type>> {
    for (;;) {
      while (this.#taken < this.frames.length) {
        const frame = this.frames[this.#taken++];
        if (frame?.type === type) return frame as FrameOf<Type>;
      }
      await new Promise<void>((resolve) => (this.#onFrame = resolve));
    }
  }

  /** Posts a body as this client would, but for what the test passes. */
  async post(body: PostBody, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const usual = { "content-type": "application/json", "fourgate-connection": this.capability, ...this.#identity };
    return fetch(this.#url, { method: "POST", body, headers: { ...usual, ...headers }, duplex: "half" } as RequestInit);
  }

  /** Posts frames and takes the reply to the last of them. */
  async request(...frames: readonly object[]): Promise<FrameOf<"reply">> {
    const response = await this.post(JSON.stringify(frames.map((frame, index) => ({ id: `${index}`, ...frame }))));
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    let reply = await this.next("reply");
    while (reply.id !== `${frames.length - 1}`) reply = await this.next("reply");
    return reply;
  }

  /** Cuts the connection. */
  cut(): void {
    this.#get.destroy();
  }

  pause(): void {
    this.#get.socket?.pause();
  }

  resume(): void {
    this.#get.socket?.resume();
  }
}
