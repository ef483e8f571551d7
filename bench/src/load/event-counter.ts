const NEWLINE = 10;
const D = 100;

/** Counts the events with data in a chunked response's body, whole or in pieces, and never looks into them. */
export class EventCounter {
  readonly #onEvent: () => void;
  #part: "size" | "data" | "tail" = "size";
  #size = "";
  #left = 0;
  #isMidLine = false;
  #hasData = false;

  constructor(onEvent: () => void) {
    this.#onEvent = onEvent;
  }

  read(bytes: Buffer): void {
    for (const byte of bytes) {
      if (this.#part === "data") this.#readData(byte);
      else if (byte === NEWLINE) this.#readLineEnd();
      else if (this.#part === "size") this.#size += String.fromCharCode(byte);
    }
  }

  #readLineEnd(): void {
    if (this.#part === "size") this.#left = Number.parseInt(this.#size, 16);
    this.#part = this.#part === "size" && this.#left > 0 ? "data" : "size";
    this.#size = "";
  }

  #readData(byte: number): void {
    this.#left -= 1;
    if (this.#left === 0) this.#part = "tail";
    if (byte !== NEWLINE) {
      if (!this.#isMidLine && byte === D) this.#hasData = true; // no other field begins so
      this.#isMidLine = true;
      return;
    }
    const isEvent = !this.#isMidLine && this.#hasData;
    if (!this.#isMidLine) this.#hasData = false;
    this.#isMidLine = false;
    if (isEvent) this.#onEvent();
  }
}
