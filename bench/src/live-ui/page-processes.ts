import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ChildProgram } from "../postgres/child-program.js";
import type { ClientsOrder } from "./page-clients.js";
import type { TakenTimes } from "./server-times.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Else V8 enlarges the young generation in the middle of a measurement, whatever the connections hold.
const NODE_ARGS = ["--expose-gc", "--min-semi-space-size=16", "--max-semi-space-size=16"];

/** The programs of a page's servers and clients, bundled as an app would be: what runs them from source names each function, and is paid for in memory. */
export class PagePrograms {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<PagePrograms> {
    await mkdir(at("../../dist"), { recursive: true });
    const folder = await mkdtemp(at("../../dist/pages-")); // in here, so that ws is found
    await build({
      entryPoints: ["page-server", "echo-server", "page-clients"].map((name) => at(`${name}.ts`)),
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      conditions: ["@repo/source"],
      external: ["ws", "zod"],
      logLevel: "error",
    });
    return new PagePrograms(folder);
  }

  /** A page server. */
  server(secret: string, mode: "plain" | "timed" = "plain"): Promise<PageServerProcess> {
    return PageServerProcess.start(`${this.#folder}/page-server.mjs`, [secret, mode]);
  }

  /** A server that sends back what it receives. */
  echo(): Promise<PageServerProcess> {
    return PageServerProcess.start(`${this.#folder}/echo-server.mjs`, []);
  }

  clients({ port }: PageServerProcess, mode: "live" | "bare"): Promise<PageClientsProcess> {
    return PageClientsProcess.start(`${this.#folder}/page-clients.mjs`, [String(port), mode]);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** A server in a process of its own. */
export class PageServerProcess {
  readonly port: number;
  readonly #program: ChildProgram;

  private constructor(program: ChildProgram, port: number) {
    this.#program = program;
    this.port = port;
  }

  static async start(file: string, args: readonly string[]): Promise<PageServerProcess> {
    const [program, { port }] = await ChildProgram.start<{ readonly port: number }>(file, args, NODE_ARGS);
    return new PageServerProcess(program, port);
  }

  /** After garbage collection. */
  memory(): Promise<NodeJS.MemoryUsage> {
    return this.#program.request("memory");
  }

  /** The times since the last call. */
  times(): Promise<TakenTimes> {
    return this.#program.request("times");
  }

  close(signal?: NodeJS.Signals): Promise<void> {
    return this.#program.close(signal);
  }
}

/** Clients of a server in a process of their own. */
export class PageClientsProcess {
  readonly #program: ChildProgram;

  private constructor(program: ChildProgram) {
    this.#program = program;
  }

  static async start(file: string, args: readonly string[]): Promise<PageClientsProcess> {
    const [program] = await ChildProgram.start(file, args, []);
    return new PageClientsProcess(program);
  }

  /** Opens so many more connections. */
  async connect(count: number): Promise<void> {
    await this.#program.request({ kind: "connect", count } satisfies ClientsOrder);
  }

  /** Sends events, so many a second in all; the time from sending each to its result, in milliseconds. */
  events(over: "ws" | "http", pace: EventPace): Promise<readonly number[]> {
    return this.#program.request({ kind: "events", over, ...pace } satisfies ClientsOrder);
  }

  close(): Promise<void> {
    return this.#program.close();
  }
}

/** How many events, and for how long. */
export interface EventPace {
  readonly perSecond: number;
  readonly ms: number;
}
