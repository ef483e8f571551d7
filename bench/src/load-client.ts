import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const ANSWER_MS = 60_000;

/** The load client's process, spoken to in lines. */
export class LoadClient {
  readonly #child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };
  readonly #lines: Interface;

  constructor([command, ...args]: readonly [string, ...string[]]) {
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface(this.#child.stdout);
  }

  /** Says a line and resolves with the words of the answer after its first. */
  async ask(line: string): Promise<readonly number[]> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = once(this.#lines, "line", { signal });
    this.tell(line);
    const [text] = (await answer) as [string];
    return text.split(" ").slice(1).map(Number);
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}
