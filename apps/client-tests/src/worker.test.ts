import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterEach, expect, it } from "vitest";
import { serverUp } from "./stage.js";

const APP = fileURLToPath(new URL("./worker-app.ts", import.meta.url));
const WITH_WEBSOCKET = "WebSocket" in globalThis ? [] : ["--experimental-websocket"]; // Node before 22
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

it.each(["ws", "sse"])(
  "subscribes, receives and publishes in a worker, bundled as for a browser, over %s",
  async (transport) => {
    const server = await serverUp();
    const { posted, page } = await workerUp();
    await expect.poll(() => posted).toEqual([{ globals: { window: "undefined", document: "undefined" } }]);
    page.postMessage({ url: `${server.origin}/realtime`, transport });
    await expect.poll(() => posted).toContainEqual({ replied: { noted: 1 } });
    expect(server.notes).toEqual(["from a worker"]);
    await server.publish(7);
    await expect.poll(() => posted).toContainEqual({ received: 7 });
  },
);

/** The app in a worker of its own, and what it posts. */
async function workerUp() {
  const page = new BroadcastChannel("worker-app");
  const posted: unknown[] = [];
  page.onmessage = (event) => void posted.push((event as MessageEvent).data);
  const worker = new Worker(await bundle(), { eval: true, execArgv: WITH_WEBSOCKET });
  worker.on("error", (cause) => posted.push(cause));
  cleanups.push(async () => {
    page.close();
    await worker.terminate();
  });
  return { posted, page };
}

/** One classic script, as an app's bundler would make it for a browser: an import of Node would fail here. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [APP],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    conditions: ["@repo/source"],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
