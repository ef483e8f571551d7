import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const FROM_SOURCE = ["--conditions=@repo/source", "--import", "tsx"];

/** A program in a process of its own, its file absolute or relative to this folder. It sends one message when it is ready, and one for each order. */
export class ChildProgram {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves with the program and its first message. */
  static async start<Ready>(
    file: string,
    args: readonly string[],
    nodeArgs: readonly string[] = FROM_SOURCE,
  ): Promise<readonly [ChildProgram, Ready]> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
      execArgv: [...nodeArgs],
      env: { ...process.env, NODE_ENV: "production" },
    });
    return [new ChildProgram(child), await nextMessage<Ready>(child, file)];
  }

  request<Reply>(order: unknown): Promise<Reply> {
    const reply = nextMessage<Reply>(this.#child, "an order");
    this.#child.send(order as object);
    return reply;
  }

  async close(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }
}

async function nextMessage<T>(child: ChildProcess, what: string): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The program ended with ${String(code)} instead of its reply to ${what}.`);
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal }), ended])) as [T];
    return message;
  } finally {
    ended.catch(() => undefined);
    waiting.abort();
  }
}
