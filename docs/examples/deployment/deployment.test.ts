import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineRealtimeChannel } from "fourgate";
import { createRealtimeClient, type RealtimeClientOptions } from "fourgate/client";
import { sse } from "fourgate/client/sse";
import { ws } from "fourgate/client/ws";
import { createRealtime } from "fourgate/server";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { page } from "../sql-of-page.js";
import { startServer } from "./deployed-server.js";

vi.stubGlobal("WebSocket", WebSocket); // as browsers have it, and Node since 22

const CONFIG = readFileSync(new URL("nginx.conf", import.meta.url), "utf8");
const hasNginx = spawnSync("nginx", ["-v"]).status === 0;
const news = defineRealtimeChannel({ name: "news", scope: "public", payload: z.string() });
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

async function deploy(untilNoticed: () => Promise<unknown> = async () => undefined) {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  realtime.registry.registerChannel(news);
  const server = await startServer({ realtime, port: 0, untilNoticed });
  onTestFinished(async () => {
    await realtime.close({ drainMs: 1 });
    server.httpServer.close();
    server.httpServer.closeAllConnections();
  });
  return { realtime, server, port: portOf(server.httpServer) };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const port = portOf(probe);
  probe.close();
  await once(probe, "close");
  return port;
}

/** nginx with the guide's configuration, before a server on this port. */
async function startNginx(port: number) {
  const folder = mkdtempSync(join(tmpdir(), "nginx-"));
  const listen = await freePort();
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder};`);
  const config = CONFIG.replace("127.0.0.1:3000", `127.0.0.1:${port}`).replace("8080", `127.0.0.1:${listen}`);
  const main = `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths.join(" ")}\n${config} }`;
  writeFileSync(join(folder, "nginx.conf"), main);
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
  onTestFinished(async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  });
  const origin = `http://127.0.0.1:${listen}`;
  await expect
    .poll(() =>
      fetch(`${origin}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  return origin;
}

it("shows the configuration of nginx that is tried here", () => {
  expect(page("guides/deployment.md")).toContain(`\`\`\`nginx\n${CONFIG}\`\`\``);
});

it("is not ready as soon as it stops, and serves until the balancer has noticed", async () => {
  let notice = () => {};
  const { server, port } = await deploy(() => new Promise<void>((resolve) => (notice = resolve)));
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 200]);
  const stopped = server.stop();
  expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 503]);
  notice();
  await stopped;
});

it.skipIf(!hasNginx).each([
  ["WebSockets", ws()],
  ["SSE", sse()],
] as const)("delivers %s through nginx", async (_, transport) => {
  const { realtime, port } = await deploy();
  const origin = await startNginx(port);
  const transports: RealtimeClientOptions["transports"] = [transport];
  const client = createRealtimeClient<typeof news>({ url: `${origin}/realtime`, transports });
  onTestFinished(() => client.disconnect());
  const received: string[] = [];
  const channel = client.channel("news");
  channel.subscribe(({ payload }) => received.push(payload));
  await expect.poll(() => channel.status).toBe("subscribed");
  await realtime.broadcaster.broadcast(news, "first");
  await expect.poll(() => received).toEqual(["first"]);
});

it.skipIf(!hasNginx)("takes the page that nginx serves for its own, and no other", async () => {
  const { port } = await deploy();
  const origin = await startNginx(port);
  const open = async (from: string) => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/realtime`, {
      protocols: ["fourgate.v2"],
      headers: { origin: from },
    });
    const [{ data }] = (await once(socket, "message")) as [{ data: string }];
    socket.close();
    return JSON.parse(data) as { type: string; error?: { code: string } };
  };
  expect(await open(origin)).toMatchObject({ type: "connected" });
  expect(await open("http://foreign.example")).toMatchObject({ type: "close", error: { code: "ORIGIN_REFUSED" } });
});
