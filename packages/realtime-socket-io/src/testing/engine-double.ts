import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Socket } from "socket.io";

interface Written {
  readonly text: string;
  readonly frame: Buffer | undefined;
}

/** engine.io's end of a connection, whose transport takes the next write when a test lets it. */
export class EngineDouble extends EventEmitter {
  readonly written: Written[] = [];
  readonly transport: EventEmitter & { name: string; writable: boolean; socket: { _socket: Duplex | undefined } };
  readyState = "open";
  readonly #sent: (() => void)[] = [];
  #queued = 0;

  constructor(name: "websocket" | "polling" = "websocket", webSocket?: Duplex) {
    super();
    this.transport = Object.assign(new EventEmitter(), { name, writable: true, socket: { _socket: webSocket } });
  }

  /** As an outbox takes it. */
  get conn(): Socket["conn"] {
    return this as unknown as Socket["conn"]; // only what an outbox uses of it is here
  }

  write(text: string, options: { wsPreEncodedFrame?: readonly Buffer[] } = {}, sent?: () => void): void {
    if (this.readyState !== "open") return;
    this.emit("packetCreate", { type: "message", data: text });
    this.written.push({ text, frame: options.wsPreEncodedFrame?.[0] });
    if (sent) this.#sent.push(sent);
    this.#queued += 1;
    if (this.transport.writable) this.#flush();
  }

  /** The transport has sent what it had; engine.io begins with what it holds itself, and reports then that it is ready. */
  drain(): void {
    this.transport.emit("drain");
    for (const sent of this.#sent.splice(0)) sent();
    this.transport.writable = true;
    if (this.#queued > 0) this.#flush();
    this.transport.emit("ready");
  }

  /** The client has changed to another transport, which takes what engine.io held. */
  upgrade(): void {
    this.transport.writable = true;
    this.emit("upgrade", this.transport);
    this.#flush();
    this.drain();
  }

  close(): void {
    this.readyState = "closed";
    this.emit("close");
  }

  #flush(): void {
    this.#queued = 0;
    this.emit("flush");
    this.transport.writable = false;
  }
}
