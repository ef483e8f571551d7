import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How long a newcomer waits: from the command to the whole first page, in development. Beside it, in the same run, plain `next dev` without our
 * server, database and sockets: on a machine that does other things as well, only the ratio of the two tells something.
 * node --conditions=@repo/source --import tsx scripts/measure-first-page.ts [rounds]
 */
const APP_DIR = join(import.meta.dirname, "..");
const OURS = ["--conditions=@repo/source", "--import", "tsx", "server.ts"];
const PLAIN = ["node_modules/next/dist/bin/next", "dev", "--port", "0"];
const ADDRESS = /http:\/\/localhost:(\d+)/;

interface Waited {
  readonly listenMs: number;
  readonly pageMs: number;
}

async function firstPage(args: readonly string[], distDir: string): Promise<Waited> {
  const data = mkdtempSync(join(tmpdir(), "first-page-"));
  const started = performance.now();
  const env = {
    ...process.env,
    NODE_ENV: "development" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_DIST_DIR: distDir,
    PORT: "0",
    SQL_DATA: join(data, "postgres"),
  };
  const child = spawn(process.execPath, args, { cwd: APP_DIR, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  try {
    const port = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
          output += String(chunk);
          const found = ADDRESS.exec(output)?.[1];
          if (found) resolve(found);
        });
      child.once("exit", () => reject(new Error(output)));
    });
    const listenMs = performance.now() - started;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    await response.text();
    if (!response.ok) throw new Error(`The first page replied ${response.status}:\n${output}`);
    return { listenMs, pageMs: performance.now() - started };
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL"); // its group: `next dev` serves from a process of its own
    rmSync(data, { recursive: true, force: true });
  }
}

const rounds = Number(process.argv[2] ?? 1);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
for (const [name, isCold] of [
  ["cold", true],
  ["warm", false],
] as const)
  for (let round = 0; round < rounds; round += 1) {
    const folders = { plain: ".next/first-page-plain", ours: ".next/first-page" };
    if (isCold)
      for (const folder of Object.values(folders)) rmSync(join(APP_DIR, folder), { recursive: true, force: true });
    const plain = await firstPage(PLAIN, folders.plain);
    const ours = await firstPage(OURS, folders.ours);
    console.log(
      `${name}: listens after ${seconds(ours.listenMs)}, first page after ${seconds(ours.pageMs)}; ` +
        `plain next dev ${seconds(plain.listenMs)}, ${seconds(plain.pageMs)}; ratio ${(ours.pageMs / plain.pageMs).toFixed(2)}`,
    );
  }
