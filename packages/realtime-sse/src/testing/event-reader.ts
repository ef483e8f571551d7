/** One event of a stream, and the id that a browser would come back with. */
export interface ReadEvent {
  readonly data: string;
  readonly lastEventId: string;
}

/** Reads a stream as the HTML standard defines (§ 9.2.6), but for a byte order mark: strictly line by line, however the text is cut. */
export class EventReader {
  lastEventId = "";
  retry: number | undefined;
  comments = 0;
  readonly #onEvent: (event: ReadEvent) => void;
  #rest = "";
  #data: string[] = [];

  constructor(onEvent: (event: ReadEvent) => void) {
    this.#onEvent = onEvent;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#takeLine(line);
  }

  #takeLine(line: string): void {
    const [, name = line, value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    if (line === "") this.#dispatch();
    else if (name === "") this.comments += 1;
    else if (name === "data") this.#data.push(value);
    else if (name === "id" && !value.includes("\0")) this.lastEventId = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
  }

  #dispatch(): void {
    const data = this.#data;
    this.#data = [];
    if (data.length > 0) this.#onEvent({ data: data.join("\n"), lastEventId: this.lastEventId });
  }
}
