// Measures what `assemble-image.mjs` has made: the size of its files, and the memory of the server that runs from them, alone in a folder
// outside the repository as in the container: `node scripts/measure-image.mjs`. Ends with 1 where a page is not served, SIGTERM does not end it
// well, or a bound is exceeded: the files' always, the memory's with DATABASE_URL, as no database runs within the process then.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BASE_MB = 85; // alpine 3.23 with its package nodejs, unpacked; to be read off `docker image ls` where Docker is
const MAX_MB = 250;
const PAGES = ["/", "/sign-in", "/board", "/orders", "/hub", "/annotations"];
const STREAMS = 20;

const folder = mkdtempSync(join(tmpdir(), "image-"));
const app = join(folder, "app");
try {
  cpSync(join(import.meta.dirname, "../.image"), app, { recursive: true, verbatimSymlinks: true });
  const filesMb = sizeOf(app) / 2 ** 20;
  console.log(
    `image: ${filesMb.toFixed(0)} MB of files + about ${BASE_MB} MB of Alpine and Node = ${(filesMb + BASE_MB).toFixed(0)} MB`,
  );
  if (!process.env.DATABASE_URL) report("first start", await memory()); // it makes the database
  const { startMb, usedMb } = await memory();
  report("start", { startMb, usedMb });
  const bounded = [filesMb + BASE_MB, ...(process.env.DATABASE_URL ? [startMb, usedMb] : [])];
  const isExceeded = bounded.some((measured) => measured > MAX_MB);
  if (isExceeded) console.log(`More than ${MAX_MB} MB.`);
  process.exitCode = isExceeded ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(name, { startMb, usedMb }) {
  console.log(
    `resident, ${name}: ${startMb.toFixed(0)} MB when ready, ${usedMb.toFixed(0)} MB after ${10 * PAGES.length} pages with ${STREAMS} streams open`,
  );
}

function sizeOf(path) {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

async function memory() {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: "0",
    HOST: "127.0.0.1",
    SESSION_SECRET: "a measurement, and nothing but that",
    DEMO_SIGN_IN: "1",
    SQL_DATA: join(folder, "postgres"),
    ...(process.env.DATABASE_URL && { DATABASE_URL: process.env.DATABASE_URL }),
  };
  const server = spawn(process.execPath, ["dist/server.mjs"], {
    cwd: join(app, "apps/web-next"),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(server, "exit");
  let output = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk) => (output += chunk));
  try {
    const url = await Promise.race([addressIn(() => output), ended.then(() => Promise.reject(new Error(output)))]);
    if ((await fetch(`${url}/readyz`)).status !== 200) throw new Error("It listens, and is not ready.");
    const startMb = residentMb(server.pid);
    const closing = new AbortController();
    const open = () => fetch(`${url}/realtime`, { headers: { accept: "text/event-stream" }, signal: closing.signal });
    for (let count = 0; count < STREAMS; count += 1) if (!(await open()).ok) throw new Error("A stream was refused.");
    const cookie = await signIn(url);
    for (let round = 0; round < 10; round += 1)
      for (const page of PAGES) {
        const response = await fetch(`${url}${page}`, { headers: { cookie } });
        await response.text();
        if (!response.ok) throw new Error(`${page} replied ${response.status}:\n${output}`);
      }
    const usedMb = residentMb(server.pid);
    server.kill("SIGTERM");
    const draining = await statusAfterSignal(url);
    closing.abort();
    const [code] = await ended;
    if (draining !== 503 || code !== 0)
      throw new Error(`SIGTERM: /readyz replied ${draining}, exit code ${code}:\n${output}`);
    return { startMb, usedMb };
  } finally {
    server.kill("SIGKILL");
  }
}

/** Of /readyz, once the process has noticed; 503 where it has closed already. */
async function statusAfterSignal(url) {
  for (;;) {
    const { status } = await fetch(`${url}/readyz`).catch(() => ({ status: 503 }));
    if (status !== 200) return status;
  }
}

async function addressIn(output) {
  for (;;) {
    const port = /http:\/\/localhost:(\d+)/.exec(output())?.[1];
    if (port) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function signIn(url) {
  const headers = { origin: url, "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(`${url}/api/sign-in`, {
    method: "POST",
    headers,
    body: "person=mia",
    redirect: "manual",
  });
  return response.headers.get("set-cookie").split(";", 1)[0];
}

/** Of the process with all its threads. */
function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}
