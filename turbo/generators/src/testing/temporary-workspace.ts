import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArguments } from "../parse-arguments.js";
import { plan } from "../plan.js";
import type { Change } from "../workspace/change.js";
import { DiskTree } from "../workspace/disk-tree.js";
import { filesBelow } from "../workspace/tree.js";
import { writeChanges } from "../workspace/write-changes.js";
import { STYLE } from "./generated.js";

/** This repository, whose packages and generators are tried out. */
export const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));

/** How a command went. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const NOT_OURS = new Set(["node_modules", "dist", ".turbo", ".reports", "pnpm-lock.yaml"]);

/** Somebody else's workspace, in a folder that goes when the test goes. */
export class TemporaryWorkspace {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(files: Readonly<Record<string, string>>): Promise<TemporaryWorkspace> {
    const workspace = new TemporaryWorkspace(await mkdtemp(join(tmpdir(), "fourgate-generators-")));
    for (const [path, text] of Object.entries(files)) await workspace.write(path, text);
    return workspace;
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.root, path), "utf8");
  }

  /** Every file and its text, to compare with later. */
  snapshot(): Readonly<Record<string, string | undefined>> {
    const tree = new DiskTree(this.root);
    return Object.fromEntries(filesBelow(tree, "", NOT_OURS).map((path) => [path, tree.read(path)]));
  }

  /** What a command line comes to here. */
  plan(words: string): Promise<readonly Change[]> {
    const options = { donor: new DiskTree(REPOSITORY), style: STYLE };
    const command = parseArguments(words.split(" "));
    if (!("input" in command)) throw new TypeError(`"${words}" generates nothing.`);
    return plan(new DiskTree(this.root), command.input, options);
  }

  /** Does it. */
  async apply(words: string): Promise<void> {
    await writeChanges(this.root, await this.plan(words));
  }

  /** Runs the plain command line of the generators, on this workspace. */
  generate(...words: readonly string[]): Promise<Outcome> {
    const door = join(REPOSITORY, "turbo/generators/generate.mjs");
    return run(process.execPath, [door, ...words, "--root", this.root], this.root);
  }

  /** Installs from what this machine has; versions are those of this repository. */
  async install(): Promise<Outcome> {
    await cp(join(REPOSITORY, "pnpm-lock.yaml"), join(this.root, "pnpm-lock.yaml"));
    return this.pnpm("", "install", "--prefer-offline", "--no-frozen-lockfile");
  }

  /** Runs pnpm in a folder of the workspace. */
  pnpm(folder: string, ...args: readonly string[]): Promise<Outcome> {
    return run("pnpm", args, join(this.root, folder));
  }

  async discard(path: string): Promise<void> {
    await rm(join(this.root, path));
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...env } = process.env; // a test inside a test is a test of its own
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, CI: "1", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
