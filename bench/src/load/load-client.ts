import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { argumentsOf, type LoadScript } from "./load-script.js";

const REPLY_MS = 60_000;

/** What a load client has counted. */
export interface Counts {
  /** Data frames received since counting was restarted. */
  readonly frames: number;
  /** All bytes received. */
  readonly bytes: number;
  /** Peers that the server has closed. */
  readonly gone: number;
  /** Chat messages sent. */
  readonly sent: number;
}

/** The load client's process, driven by lines. */
export class LoadClient {
  readonly #child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };
  readonly #lines: Interface;
  readonly #ended = new AbortController();

  constructor([command, ...args]: readonly [string, ...string[]], script: LoadScript) {
    this.#child = spawn(command, [...args, ...argumentsOf(script)], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface(this.#child.stdout);
    this.#child.once("exit", (code, signal) => this.#ended.abort(new Error(`It ended with ${code ?? signal}.`)));
    this.#child.stdin.on("error", () => undefined); // it has ended, and "exit" reports it
  }

  /** Sends a command and resolves with the numbers of its reply. */
  async request(command: string): Promise<readonly number[]> {
    const signal = AbortSignal.any([AbortSignal.timeout(REPLY_MS), this.#ended.signal]);
    const reply = once(this.#lines, "line", { signal }).catch((cause: unknown) => {
      const why = this.#ended.signal.aborted ? String(signal.reason) : `It took longer than ${REPLY_MS} ms.`;
      throw new Error(`The load client did not reply to "${command}". ${why}`, { cause });
    });
    this.#child.stdin.write(`${command}\n`);
    const [text] = (await reply) as [string];
    return text.split(" ").slice(1).map(Number);
  }

  async count(): Promise<Counts> {
    const [frames = 0, bytes = 0, gone = 0, sent = 0] = await this.request("count");
    return { frames, bytes, gone, sent };
  }

  async close(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}
