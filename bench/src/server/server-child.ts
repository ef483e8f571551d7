import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ContenderName } from "../contender-name.js";
import type { Listening, Order, Report } from "./orders.js";

const REPLY_MS = 120_000; // the longest order floods for a third of that
const NODE_ARGS = (process.env["BENCH_NODE_ARGS"] ?? "").split(" ").filter(Boolean); // --max-semi-space-size=64, for one

/** A contender in a process of its own. */
export class ServerChild {
  readonly listening: Listening;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, listening: Listening) {
    this.#child = child;
    this.listening = listening;
  }

  static async start(
    program: string,
    contender: ContenderName,
    nodeArgs: readonly string[] = [],
  ): Promise<ServerChild> {
    const child = fork(program, [contender], {
      execArgv: ["--expose-gc", ...nodeArgs, ...NODE_ARGS],
      env: { ...process.env, NODE_ENV: "production" },
    });
    return new ServerChild(child, await replyOf<Listening>(child, `${contender} on its start`));
  }

  async request(order: Order): Promise<Report> {
    const what = `${this.#child.spawnargs.at(-1)} to ${order.kind}`;
    if (hasEnded(this.#child)) throw new Error(`The server had ended before the order: ${what}.`);
    const reply = replyOf<Report>(this.#child, what);
    this.#child.send(order, () => undefined); // where it ends meanwhile, the reply fails
    return reply;
  }

  async close(): Promise<void> {
    if (hasEnded(this.#child)) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}

/** By itself, or by a signal: an abort for lack of memory is one. */
function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** The next message; a child that ends instead, or never replies, is an error. */
async function replyOf<T>(child: ChildProcess, what: string): Promise<T> {
  const waiting = new AbortController();
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(REPLY_MS)]);
  const exit = once(child, "exit", { signal }).then(([code, signalCode]) => {
    throw new Error(`The server ended with ${String(code ?? signalCode)} instead of the reply of ${what}.`);
  });
  try {
    const [reply] = (await Promise.race([once(child, "message", { signal }), exit])) as [T];
    return reply;
  } catch (cause) {
    throw signal.aborted ? new Error(`No reply of ${what} within ${REPLY_MS} ms.`, { cause }) : cause;
  } finally {
    exit.catch(() => undefined);
    waiting.abort();
  }
}
