import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { ServerProcess } from "../server-process";
import { expect, test } from "../test";

const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");

test("without a session secret it does not start, with one sentence about what to do", async () => {
  const server = ServerProcess.spawn("production", { SESSION_SECRET: undefined });
  expect(await server.exit()).toBe(1);
  expect(server.output).toContain(
    "SESSION_SECRET is missing: set it to at least 32 random characters, such as the output of `openssl rand -base64 32`.",
  );
});

test("on a port that is taken it does not start, with what to do", async ({ server }) => {
  const second = ServerProcess.spawn("production", { PORT: String(server.port) });
  expect(await second.exit()).toBe(1);
  expect(second.output).toContain(
    `Port ${server.port} is taken: stop what listens there, or set PORT to another number.`,
  );
});

test("`next start` is refused at its start: nobody would receive what is published", async () => {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    SESSION_SECRET: "end-to-end tests, and nothing but tests",
  };
  const child = spawn(process.execPath, [NEXT, "start", "--port", "0", "--hostname", "127.0.0.1"], { cwd, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output).toContain("start the app with `pnpm start`, which runs server.ts, not with `next start`.");
});

test("in production nobody signs in as a demo person unless it was switched on", async ({ page, request }) => {
  const server = ServerProcess.spawn("production", { DEMO_SIGN_IN: undefined });
  await server.ready();
  try {
    await page.goto(`${server.url}/sign-in`);
    await expect(page.getByText("Demo sign-in is switched off here.")).toBeVisible();
    await expect(page.locator("button[name=person]")).toHaveCount(0);
    const headers = { origin: server.url };
    const response = await request.post(`${server.url}/api/sign-in`, {
      headers,
      form: { person: "sam" },
      maxRedirects: 0,
    });
    expect(response.status()).toBe(404);
    expect(response.headers()["set-cookie"]).toBeUndefined();
  } finally {
    await server.stop();
  }
});
