import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const APP_DIR = fileURLToPath(new URL("..", import.meta.url));
const READY = /http:\/\/127\.0\.0\.1:(\d+)/;

/** server.ts as a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #output = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (this.#output += String(chunk)));
  }

  /** Starts one and waits until it listens: on a free port, or on the one that another has had. */
  static async start(port = 0): Promise<ServerProcess> {
    const args = ["--conditions=@repo/source", "--import", "tsx", "server.ts"];
    const env = {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      LIVE_SECRET: "end-to-end tests, and nothing but tests",
    };
    const server = new ServerProcess(
      spawn(process.execPath, args, { cwd: APP_DIR, env, stdio: ["ignore", "pipe", "pipe"] }),
    );
    await server.#ready();
    return server;
  }

  /** All that it printed. */
  get output(): string {
    return this.#output;
  }

  get port(): number {
    return Number(READY.exec(this.#output)?.[1]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves with the exit code, or the signal that it died of. */
  async exit(): Promise<number | NodeJS.Signals | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode;
    const [code, signal] = await once(this.#child, "exit");
    return code ?? signal;
  }

  /** Ends it at once, as a machine does that fails. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exit();
  }

  async stop(): Promise<number | NodeJS.Signals | null> {
    this.#child.kill("SIGTERM");
    return this.exit();
  }

  async #ready(): Promise<void> {
    const ended = this.exit().then((code) => {
      throw new Error(`server.ts ended with ${code} before it listened:\n${this.#output}`);
    });
    while (!READY.test(this.#output)) await Promise.race([once(this.#child.stdout ?? this.#child, "data"), ended]);
    ended.catch(() => undefined); // once it listens, its end is for the test to look at
  }
}
