import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** This workspace. */
export const WORKSPACE = fileURLToPath(new URL("../../..", import.meta.url));

const LEFT_OUT = new Set(["node_modules", "dist", ".git", ".next", ".turbo", ".data", ".reports", "test-results"]);
const STOP_MS = 10_000; // for a server to end by itself, before it is killed

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** A copy of this workspace in a temporary folder, whose commands and servers end with it. */
export class WorkspaceCopy {
  readonly root: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<WorkspaceCopy> {
    const root = await mkdtemp(join(tmpdir(), "fourgate-workspace-"));
    await cp(WORKSPACE, root, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !LEFT_OUT.has(basename(path)) && !/^\.next/.test(basename(path)),
    });
    return new WorkspaceCopy(root);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  /** Runs a command line of the shell in a folder of the copy, to its end. */
  async run(command: string, folder = ""): Promise<Outcome> {
    const child = this.#start(command, { folder });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, output }));
    });
  }

  /** Starts a command that goes on, and resolves with what it printed once that matches; rejects if it ends before. */
  async serve(command: string, { folder, env, until }: ServeOptions): Promise<RegExpExecArray> {
    const child = this.#start(command, { folder, env });
    let output = "";
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream?.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          const found = until.exec(output);
          if (found) resolve(found);
        });
      child.on("error", reject);
      child.on("close", (status) => reject(new Error(`\`${command}\` ended with ${status}:\n${output}`)));
    });
  }

  /** Ends what was started and removes the copy. */
  async remove(): Promise<void> {
    await Promise.all([...this.#running].map(stop));
    await rm(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  #start(command: string, { folder, env = {} }: Pick<ServeOptions, "folder" | "env">): ChildProcess {
    const { VITEST: _vitest, NODE_OPTIONS: _options, NODE_ENV: _mode, CI: _ci, ...inherited } = process.env; // what a developer's shell has
    const child = spawn("bash", ["-c", command], {
      cwd: join(this.root, folder),
      env: { ...inherited, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, so that its children end with it
    });
    this.#running.add(child);
    child.on("close", () => this.#running.delete(child));
    return child;
  }
}

/** A command that goes on. */
export interface ServeOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly until: RegExp;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  signal(child, "SIGTERM");
  const late = setTimeout(() => signal(child, "SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(late);
}

/** To the child's group: the shell passes no signal on. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    return; // it has ended already
  }
}
