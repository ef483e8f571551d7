import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How a server of ours is to run. */
export type Mode = "production" | "development";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a server in production seals its sessions and tokens with in tests. */
export const TEST_SECRET = "end-to-end tests, and nothing but tests";

const APP_DIR = fileURLToPath(new URL("..", import.meta.url));
const READY = /http:\/\/localhost:(\d+)/;

const ENV: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
  production: { NODE_ENV: "production", SESSION_SECRET: TEST_SECRET, DEMO_SIGN_IN: "1" },
  development: { NODE_ENV: "development" },
};

/** server.ts as a process of its own, on a port of its own. */
export class ServerProcess {
  static #started = 0;
  readonly #child: ChildProcess;
  #output = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (this.#output += String(chunk)));
  }

  /** Starts one and does not wait; `env` is laid over the mode's own. */
  static spawn(mode: Mode, env: Environment = {}, entry = "server.ts"): ServerProcess {
    const args = ["--conditions=@repo/source", "--import", "tsx", entry];
    const folder = mode === "development" ? { NEXT_DIST_DIR: `.next/e2e/${ServerProcess.#started++}` } : {}; // a dev server locks its folder
    const childEnv = {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      SQL_DATA: "memory",
      DATABASE_URL: undefined,
      ...ENV[mode],
      ...folder,
      ...env,
    };
    return new ServerProcess(
      spawn(process.execPath, args, { cwd: APP_DIR, env: childEnv, stdio: ["ignore", "pipe", "pipe"] }),
    );
  }

  /** Starts one and waits until it listens; `entry` is another program that starts `server.ts`. */
  static async start(mode: Mode, env: Environment = {}, entry?: string): Promise<ServerProcess> {
    const server = ServerProcess.spawn(mode, env, entry);
    await server.ready();
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

  /** Resolves once it listens. */
  async ready(): Promise<void> {
    const ended = this.exit().then((code) => {
      throw new Error(`server.ts ended with ${code} before it listened:\n${this.#output}`);
    });
    while (!READY.test(this.#output)) await Promise.race([once(this.#child.stdout ?? this.#child, "data"), ended]);
    ended.catch(() => undefined); // once it listens, its end is for the test to ask about
  }
}
