import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LoadClient } from "./load/load-client.js";
import type { LoadScript } from "./load/load-script.js";
import { ServerChild } from "./server/server-child.js";

const PATIENCE = { timeout: 20_000 };
const SCRIPT: LoadScript = {
  ...{ port: 0, controlPort: 0, kind: "websocket", path: "/", protocol: "", headers: "", echo: "", channels: 1, steps: [] }, // prettier-ignore
};
const ENDS_WHEN_ORDERED = `
  process.on("message", () => process.kill(process.pid, "SIGKILL"));
  process.send({ port: 1, controlPort: 2 });
`;

it("reports a load client that was killed, at once, and closes it without waiting", PATIENCE, async () => {
  const load = new LoadClient([process.execPath, "-e", 'process.kill(process.pid, "SIGKILL")'], SCRIPT);
  await expect(load.request("count")).rejects.toThrow(/"count".*It ended with SIGKILL/);
  await expect(load.request("count")).rejects.toThrow(/It ended with SIGKILL/);
  await load.close();
});

it("reports a server that was killed, at once, and closes it without waiting", PATIENCE, async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    await writeFile(join(folder, "server.cjs"), ENDS_WHEN_ORDERED);
    const server = await ServerChild.start(join(folder, "server.cjs"), "ws");
    await expect(server.request({ kind: "begin" })).rejects.toThrow(/ended with SIGKILL instead of the reply/);
    await expect(server.request({ kind: "begin" })).rejects.toThrow(/had ended before the order/);
    await server.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
