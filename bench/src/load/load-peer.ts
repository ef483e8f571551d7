import { connect, type Socket } from "node:net";
import { FrameCounter } from "./frame-counter.js";
import type { LoadScript } from "./load-script.js";

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const PONG = Buffer.concat([Buffer.from([0x8a, 0x80]), MASK]);
const HEARTBEAT_ANSWER = "3";
const END_OF_RESPONSE = "\r\n\r\n";

/** Who is told of a peer's turns. */
export interface PeerEvents {
  onIn(peer: LoadPeer): void;
  onFrame(peer: LoadPeer): void;
  onGone(peer: LoadPeer): void;
}

/** One WebSocket client that counts frames and never looks into them. */
export class LoadPeer {
  readonly number: number;
  /** Whole frames since it is in. */
  frames = 0;
  /** All bytes, the handshake's too. */
  bytes = 0;
  readonly #script: LoadScript;
  readonly #events: PeerEvents;
  readonly #socket: Socket;
  readonly #counter = new FrameCounter({
    onFrame: () => this.#onFrame(),
    onPing: () => void this.#socket.write(PONG),
    onHeartbeat: () => void this.#socket.write(maskedFrame(HEARTBEAT_ANSWER)),
  });
  #response = "";
  #isUpgraded = false;
  #isIn = false;
  #step = 0;
  #awaited = 0;

  constructor(number: number, script: LoadScript, events: PeerEvents) {
    this.number = number;
    this.#script = script;
    this.#events = events;
    this.#socket = connect({ port: script.port, host: "127.0.0.1", noDelay: true }, () =>
      this.#socket.write(requestOf(script)),
    );
    this.#socket.on("data", (bytes) => this.#read(bytes));
    this.#socket.on("error", () => this.#socket.destroy());
    this.#socket.on("close", () => events.onGone(this));
  }

  /** `%d` is this peer's number, modulo the channels. */
  say(text: string): void {
    this.#socket.write(maskedFrame(text.replace("%d", String(this.number % this.#script.channels))));
  }

  stall(): void {
    this.#socket.pause();
  }

  #read(bytes: Buffer): void {
    this.bytes += bytes.length;
    if (this.#isUpgraded) return this.#counter.read(bytes);
    this.#response += bytes.toString("latin1");
    const end = this.#response.indexOf(END_OF_RESPONSE);
    if (end === -1) return;
    if (!this.#response.startsWith("HTTP/1.1 101")) throw new Error(`upgrade refused: ${this.#response}`);
    const rest = Buffer.from(this.#response.slice(end + END_OF_RESPONSE.length), "latin1");
    this.#isUpgraded = true;
    this.#walk();
    this.#counter.read(rest);
  }

  #onFrame(): void {
    if (this.#isIn) {
      this.frames += 1;
      this.#events.onFrame(this);
    } else if (--this.#awaited === 0) this.#walk();
  }

  #walk(): void {
    while (this.#awaited === 0) {
      const step = this.#script.steps[this.#step++];
      if (!step) break;
      if (step.say !== "") this.say(step.say);
      this.#awaited = step.expect;
    }
    if (this.#awaited > 0) return;
    this.#isIn = true;
    this.#events.onIn(this);
  }
}

function requestOf({ path, protocol }: LoadScript): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(protocol === "" ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
  ];
  return `${lines.join("\r\n")}${END_OF_RESPONSE}`;
}

function maskedFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? [0x81, 0x80 | body.length] : [0x81, 0xfe, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from(head), MASK, body.map((byte, at) => byte ^ MASK.readUInt8(at % 4))]);
}
