import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ContenderName } from "./contender-name.js";
import type { Listening, Order, Report } from "./server/orders.js";

const ANSWER_MS = 120_000; // the longest order floods for 60 s
const NODE_ARGS = (process.env["BENCH_NODE_ARGS"] ?? "").split(" ").filter(Boolean); // --cpu-prof, for one

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
      execArgv: ["--expose-gc", ...NODE_ARGS],
      env: { ...process.env, NODE_ENV: "production" },
    });
    return new ServerChild(child, await answerOf<Listening>(child, `${contender}, which starts`));
  }

  async ask(order: Order): Promise<Report> {
    const answer = answerOf<Report>(this.#child, `${this.#child.spawnargs.at(-1)}, asked for ${order.kind}`);
    this.#child.send(order);
    return answer;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, "exit");
  }
}

/** The next message; a child that ends instead, or never says anything, is an error. */
async function answerOf<T>(child: ChildProcess, who: string): Promise<T> {
  const asked = new AbortController();
  const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(ANSWER_MS)]);
  const exit = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The server of ${who} ended with ${String(code)}.`);
  });
  try {
    const [answer] = (await Promise.race([once(child, "message", { signal }), exit])) as [T];
    return answer;
  } catch (cause) {
    throw signal.aborted ? new Error(`No answer from ${who} within ${ANSWER_MS} ms.`, { cause }) : cause;
  } finally {
    exit.catch(() => undefined);
    asked.abort();
  }
}
