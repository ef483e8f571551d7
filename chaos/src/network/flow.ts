import type { Socket } from "node:net";
import { setImmediate as nextTurn, setTimeout as passed } from "node:timers/promises";
import { between, type Random } from "./random";

/** One direction of a connection. Holds one chunk at a time: what it cannot pass on waits in the sender's own buffers. */
export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #random: Random;
  #delayMs = 0;
  #largest = Infinity;
  #stalled: Promise<void> | undefined;
  #resume: () => void = () => undefined;
  #isSwallowing = false;

  constructor(from: Socket, to: Socket, random: Random) {
    this.#from = from;
    this.#to = to;
    this.#random = random;
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  split(largest: number): void {
    this.#largest = largest;
  }

  stall(): void {
    this.#stalled ??= new Promise((resolve) => (this.#resume = resolve));
  }

  /** Reads on, and loses nothing, not even the end, to the other side. Never undone. */
  swallow(): void {
    this.#isSwallowing = true;
    this.heal();
  }

  /** Bytes pass as they come. */
  heal(): void {
    this.#delayMs = 0;
    this.#largest = Infinity;
    this.#stalled = undefined;
    this.#resume();
  }

  /** Resolves when the sender has ended and the receiver has seen the end, unless that was swallowed. */
  async carry(): Promise<void> {
    try {
      for await (const chunk of this.#from as AsyncIterable<Buffer>) await this.#pass(chunk);
      if (this.#isSwallowing) this.#from.destroy();
      else this.#to.end();
    } catch {
      if (!this.#isSwallowing) this.#to.resetAndDestroy(); // the sender's connection broke: the receiver sees as much
    }
  }

  async #pass(chunk: Buffer): Promise<void> {
    await this.#stalled;
    if (this.#delayMs > 0) await passed(this.#delayMs);
    for (let sent = 0; sent < chunk.length && !this.#isSwallowing && this.#to.writable;) {
      const size = this.#largest === Infinity ? chunk.length : between(this.#random, 1, this.#largest);
      if (!this.#to.write(chunk.subarray(sent, sent + size))) await drained(this.#to);
      if (this.#largest !== Infinity) await nextTurn(); // or the kernel joins the pieces again
      sent += size;
    }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off("drain", settle).off("close", settle);
      resolve();
    };
    socket.on("drain", settle).on("close", settle);
  });
}
