import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import type { Ledger } from "./ledger";

/** The reports of a node to its parent process. */
export type TortureReport =
  | { readonly kind: "ready"; readonly port: number }
  | { readonly kind: "relay"; readonly isRelay: boolean }
  | ({ readonly kind: "published" } & Published)
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "stopped"; readonly failures: readonly string[] };

/** A message whose commit was acknowledged, and when it was begun and acknowledged, in milliseconds since 1970. */
export interface Published {
  readonly writer: string;
  readonly n: number;
  /** Of the channel. */
  readonly id: string;
  readonly begun: number;
  readonly acked: number;
}

/** A node's place: its port stays, its process is killed and begun again. */
export class TortureNode {
  isRelay = false;
  /** It serves clients. */
  isReady = false;
  port = 0;
  readonly refusals = new Map<string, number>();
  readonly #program: string;
  readonly #connectionString: string;
  readonly #ledger: Ledger;
  #child: ChildProcess | undefined;
  #isPublishing = false;

  constructor(program: string, connectionString: string, ledger: Ledger) {
    this.#program = program;
    this.#connectionString = connectionString;
    this.#ledger = ledger;
  }

  /** Resolves when it serves; false where it ended before, as it does where the database is away. */
  async start(): Promise<boolean> {
    const child = fork(this.#program, [this.#connectionString, String(this.port)]);
    this.#child = child;
    const ready = new Promise<boolean>((resolve) => {
      child.on("message", (report: TortureReport) => {
        this.#note(report);
        if (report.kind !== "ready") return;
        if (this.#isPublishing) child.send("publish");
        resolve(true);
      });
      child.once("exit", () => resolve(false));
    });
    return ready;
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.isRelay = false;
    this.isReady = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Publishes from now on, also when it has been killed and begun again. */
  publish(): void {
    this.#isPublishing = true;
    this.#child?.send("publish");
  }

  /** Publishes nothing more; resolves with what failed meanwhile. */
  async stopPublishing(): Promise<readonly string[]> {
    const child = this.#child;
    this.#isPublishing = false;
    if (!child) return [];
    const stopped = new Promise<readonly string[]>((resolve) =>
      child.on("message", (report: TortureReport) => report.kind === "stopped" && resolve(report.failures)),
    );
    child.send("stop");
    return stopped;
  }

  #note(report: TortureReport): void {
    if (report.kind === "ready") {
      this.port = report.port;
      this.isReady = true;
    }
    if (report.kind === "relay") this.isRelay = report.isRelay;
    if (report.kind === "published") this.#ledger.published(report);
    if (report.kind === "refused") this.refusals.set(report.code, (this.refusals.get(report.code) ?? 0) + 1);
  }
}
