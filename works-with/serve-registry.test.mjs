import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startCommand } from "./run/run-command.mjs";

it("serves what is published until Ctrl+C, and prints the line that leads npm there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "serve-registry-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const served = startCommand([process.execPath, "serve-registry.mjs"], {
    cwd: import.meta.dirname,
    env: {},
    log: join(folder, "log"),
  });
  onTestFinished(() => served.stop());
  const url = () => /export npm_config_registry=(\S+)/.exec(served.tail())?.[1];
  await expect.poll(url, { timeout: 120_000 }).toBeDefined();
  for (const name of ["fourgate", "create-fourgate", "eslint-plugin-realtime"])
    expect((await fetch(`${url()}${name}`)).status).toBe(200);
  served.stop("SIGINT");
  expect(await served.ended).toBe(0);
});
