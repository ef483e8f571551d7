import { request, type Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { EventCounter } from "./event-counter.js";
import { FrameCounter } from "./frame-counter.js";
import { expand, type LoadScript } from "./load-script.js";

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const PONG = Buffer.concat([Buffer.from([0x8a, 0x80]), MASK]);
const HEARTBEAT_REPLY = "3";
const END_OF_HEAD = "\r\n\r\n";

/** Who is notified of what happens to a peer. */
export interface PeerEvents {
  /** After the last step of the script. */
  onReady(): void;
  /** For each data frame after that. */
  onFrame(peer: LoadPeer): void;
  onGone(): void;
}

/** One client that counts frames (WebSocket) or events (SSE) and never looks into them. */
export class LoadPeer {
  readonly number: number;
  /** Whole frames since it is ready. */
  frames = 0;
  /** Frames since its last message. */
  sinceSent = 0;
  /** Messages. */
  sent = 0;
  /** All bytes received, the response's head too. */
  bytes = 0;
  readonly #script: LoadScript;
  readonly #events: PeerEvents;
  readonly #socket: Socket;
  readonly #posts: Agent;
  readonly #counter: FrameCounter | EventCounter;
  #head = "";
  #token = "";
  #hasHead = false;
  #isReady = false;
  #step = 0;
  #awaited = 0;

  constructor(number: number, script: LoadScript, { posts, ...events }: PeerEvents & { readonly posts: Agent }) {
    this.number = number;
    this.#script = script;
    this.#events = events;
    this.#posts = posts;
    this.#counter = script.kind === "sse" ? new EventCounter(() => this.#onFrame()) : this.#frameCounter();
    this.#socket = connect({ port: script.port, host: "127.0.0.1", noDelay: true }, () =>
      this.#socket.write(this.#request()),
    );
    this.#socket.on("data", (bytes) => this.#read(bytes));
    this.#socket.on("error", () => this.#socket.destroy());
    this.#socket.on("close", () => events.onGone());
  }

  send(text: string): void {
    const expanded = this.#expand(text);
    this.sent += 1;
    this.sinceSent = 0;
    if (this.#script.kind === "sse") this.#post(expanded);
    else this.#socket.write(maskedFrame(expanded));
  }

  stall(): void {
    this.#socket.pause();
  }

  #frameCounter(): FrameCounter {
    return new FrameCounter({
      onFrame: () => this.#onFrame(),
      onPing: () => void this.#socket.write(PONG),
      onHeartbeat: () => void this.#socket.write(maskedFrame(HEARTBEAT_REPLY)),
    });
  }

  #request(): string {
    const { kind, path, port, protocol, headers } = this.#script;
    const lines = [
      `GET ${this.#expand(path)} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      ...(kind === "sse" ? ["Accept: text/event-stream"] : UPGRADE_HEADERS),
      ...(protocol === "" ? [] : [`Sec-WebSocket-Protocol: ${this.#expand(protocol)}`]),
    ];
    return `${lines.join("\r\n")}\r\n${this.#expand(headers)}\r\n`;
  }

  #post(body: string): void {
    const { port, path, headers, echo } = this.#script;
    const shared = this.#expand(headers).trim().split("\r\n").filter(Boolean).map((line) => line.split(": ", 2)); // prettier-ignore
    const own = { [echo]: this.#token, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    request({ port, path, host: "127.0.0.1", method: "POST", agent: this.#posts, headers: { ...Object.fromEntries(shared), ...own } }) // prettier-ignore
      .on("response", (response) => {
        response.resume();
        if (response.statusCode !== 202) throw new Error(`the server refused a POST: ${response.statusCode}`);
      })
      .end(body);
  }

  #read(bytes: Buffer): void {
    this.bytes += bytes.length;
    if (this.#hasHead) return this.#counter.read(bytes);
    this.#head += bytes.toString("latin1");
    const end = this.#head.indexOf(END_OF_HEAD);
    if (end === -1) return;
    if (!/^HTTP\/1.1 (101|200)/.test(this.#head)) throw new Error(`the server refused the request: ${this.#head}`);
    const rest = Buffer.from(this.#head.slice(end + END_OF_HEAD.length), "latin1");
    if (this.#script.echo) this.#token = new RegExp(`\n${this.#script.echo}: (.*)`, "i").exec(this.#head)?.[1] ?? "";
    this.#hasHead = true;
    this.#walk();
    this.#counter.read(rest);
  }

  #onFrame(): void {
    if (this.#isReady) {
      this.frames += 1;
      this.sinceSent += 1;
      this.#events.onFrame(this);
    } else if (--this.#awaited === 0) this.#walk();
  }

  #walk(): void {
    while (this.#awaited === 0) {
      const step = this.#script.steps[this.#step++];
      if (!step) break;
      if (step.send !== "") this.send(step.send);
      this.#awaited = step.expect;
    }
    if (this.#awaited > 0) return;
    this.#isReady = true;
    this.#events.onReady();
  }

  #expand(text: string): string {
    return expand(text, this, this.#script.channels);
  }
}

const UPGRADE_HEADERS = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

function maskedFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? [0x81, 0x80 | body.length] : [0x81, 0xfe, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from(head), MASK, body.map((byte, at) => byte ^ MASK.readUInt8(at % 4))]);
}
