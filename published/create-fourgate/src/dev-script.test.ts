import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { applyPlan } from "./apply-plan.js";
import { HOSTS, type HostName } from "./host.js";
import { planProject } from "./plan-project.js";
import { temporaryFolder } from "./testing/temporary-folder.js";

const MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));
const NAMES = Object.keys(HOSTS) as HostName[];

/** Serves the page as every server of the templates, and needs no dependency of the app. */
const SERVER = `import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
const page = "public/client.js";
const server = createServer((_, response) => response.end(existsSync(page) ? readFileSync(page) : "no page"));
server.listen(0, "127.0.0.1", () => console.log("port", server.address().port));
process.once("SIGTERM", () => server.close());
`;

it("serves each edit of the page from the server that runs, also after one that does not compile", async () => {
  const folder = temporaryFolder();
  applyPlan(folder.path, planProject({ host: "node", isNew: true, version: "1.2.3" }));
  symlinkSync(MODULES, folder.pathOf("node_modules"));
  const write = (path: string, text: string) => writeFileSync(folder.pathOf(path), text);
  write("src/server.ts", SERVER);
  write("src/client.ts", `console.log("begun"`);
  const { port, errors } = await run(folder.manifest()?.scripts?.["dev"] ?? "", folder.path);
  const page = async () => (await fetch(`http://127.0.0.1:${port}/client.js`)).text(); // a server that is restarted has another port
  expect(await page()).toBe("no page");
  write("src/client.ts", `console.log("first");`);
  await expect.poll(page).toContain("first");
  write("src/client.ts", `console.log("second"`);
  await expect.poll(() => errors.join("")).toContain(`console.log("second"`);
  write("src/client.ts", `console.log("third");`);
  await expect.poll(page).toContain("third");
});

it("runs every server beside a page that esbuild bundles so, with the options of its build", () => {
  const hosts = NAMES.filter((host) =>
    planProject({ host, isNew: true, version: "1.2.3" }).files.some(({ path }) => path === "dev.mjs"),
  );
  expect(hosts).toEqual(["express", "fastify", "hono", "bun", "deno", "node"]);
  for (const host of hosts) {
    const { dev, build } = HOSTS[host].scripts;
    expect(dev).toMatch(/dev\.mjs \w+ .*watch src\/server\.ts$/);
    expect(build).toMatch(/^esbuild src\/client\.ts --bundle --format=esm --outfile=public\/client\.js( |$)/);
  }
});

/** Runs a script of npm's until the test ends; resolves once the server listens. */
async function run(script: string, cwd: string) {
  const env = { ...process.env, PATH: `${MODULES}/.bin:${process.env["PATH"]}` };
  const child = spawn("sh", ["-c", `exec ${script}`], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (chunk) => errors.push(String(chunk)));
  onTestFinished(async () => {
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    await exit;
  });
  for await (const line of createInterface(child.stdout)) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { port, errors };
  }
  throw new Error(`The server does not listen: ${errors.join("")}`);
}
