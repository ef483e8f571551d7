import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { NodeOrder, NodeReport } from "./node-orders";

const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const EXEC_ARGV = ["--import", TSX, "--conditions=@repo/source", "--expose-gc"];

/** Begins a program in a process of its own; resolves when it is ready. */
export async function startProgram(program: URL, args: readonly string[] = []): Promise<ChildProcess> {
  const child = fork(fileURLToPath(program), args, { execArgv: EXEC_ARGV });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${program.pathname} ended with ${String(code)}.`))),
  ]);
  return child;
}

/** A node in a process of its own, which can be killed. */
export class NodeChild {
  readonly #child: ChildProcess;
  port = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Loads the program; it listens at the order. */
  static async start(): Promise<NodeChild> {
    return new NodeChild(await startProgram(new URL("./node-process.ts", import.meta.url)));
  }

  /** On this port, or any free one. */
  async listen(port = 0): Promise<this> {
    ({ port: this.port } = await this.obey({ kind: "listen", port }));
    return this;
  }

  async obey(order: NodeOrder): Promise<NodeReport> {
    const ended = once(this.#child, "exit").then(([code]) =>
      Promise.reject(new Error(`The node ended with ${String(code)}.`)),
    );
    const reply = once(this.#child, "message").then(([report]) => report as NodeReport); // it sends nothing else
    this.#child.send(order);
    return Promise.race([reply, ended]);
  }

  /** Sends it without waiting. */
  report(order: NodeOrder): void {
    this.#child.send(order);
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}
