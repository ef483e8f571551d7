import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ContenderName } from "./contender-name.js";
import type { Listening, Order, Report } from "./server/orders.js";

/** A contender in a process of its own. */
export class ServerChild {
  readonly listening: Listening;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, listening: Listening) {
    this.#child = child;
    this.listening = listening;
  }

  static async start(program: string, contender: ContenderName): Promise<ServerChild> {
    const child = fork(program, [contender], {
      execArgv: ["--expose-gc"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    const [listening] = (await Promise.race([once(child, "message"), exitOf(child)])) as [Listening];
    return new ServerChild(child, listening);
  }

  async ask(order: Order): Promise<Report> {
    const answer = once(this.#child, "message");
    this.#child.send(order);
    const [report] = (await Promise.race([answer, exitOf(this.#child)])) as [Report];
    return report;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}

async function exitOf(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, "exit")) as [number | null];
  throw new Error(`The server process ended with ${String(code)}.`);
}
