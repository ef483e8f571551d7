import { Duplex } from "node:stream";

/** A socket whose peer reads only when the test lets it. Records each write as the kernel would see it. */
export class StallingSocket extends Duplex {
  readonly writes: Buffer[] = [];
  #isReading = true;
  #unblock: () => void = () => undefined;

  constructor() {
    super({ writableHighWaterMark: 1_000 });
  }

  /** The peer stops reading: what is written from now on waits. */
  stall(): void {
    this.#isReading = false;
  }

  /** The peer reads what is under way, and no more. */
  readOnce(): void {
    const unblock = this.#unblock;
    this.#unblock = () => undefined;
    unblock();
  }

  /** The peer reads on. */
  resumeReading(): void {
    this.#isReading = true;
    this.readOnce();
  }

  /** Everything that reached the kernel. */
  get received(): string {
    return Buffer.concat(this.writes).toString();
  }

  override _read(): void {
    // its peer sends nothing
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#take([chunk], done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    this.#take(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  #take(chunks: readonly Buffer[], done: () => void): void {
    const take = () => {
      this.writes.push(Buffer.concat(chunks));
      done();
    };
    if (this.#isReading) take();
    else this.#unblock = take;
  }
}
