import { spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { applyPlan } from "./apply-plan.js";
import { HOSTS, type HostName } from "./host.js";
import { planProject } from "./plan-project.js";
import { temporaryFolder } from "./testing/temporary-folder.js";

const MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));
const ESBUILD = join(
  realpathSync(join(MODULES, "esbuild")),
  `../@esbuild/${process.platform}-${process.arch}/bin/esbuild`,
);
const NAMES = Object.keys(HOSTS) as HostName[];

/** Serves the page as every server of the templates, and needs no dependency of the app. */
const SERVER = `import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
const page = "public/client.js";
const server = createServer((_, response) => response.end(existsSync(page) ? readFileSync(page) : "no page"));
console.log("page:", existsSync(page));
server.listen(0, "127.0.0.1", () => console.log("port", server.address().port));
process.once("SIGTERM", () => server.close());
`;

/** Windows as far as `spawn` knows, and each call for a shell printed: a Node before 24 does not warn of a list of arguments. */
const WINDOWS = `import processes from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
Object.defineProperty(process, "platform", { value: "win32" });
const { spawn } = processes;
processes.spawn = (...call) => {
  if (call.at(-1).shell) console.log(JSON.stringify(call));
  return spawn(...call);
};
syncBuiltinESMExports();
`;

it("serves each edit of the page from the server that runs, also after one that does not compile", async () => {
  const { folder, write } = project({ page: `console.log("begun"` });
  const { port, errors } = await run(folder.manifest()?.scripts?.["dev"] ?? "", folder.path).listening();
  const page = async () => (await fetch(`http://127.0.0.1:${port}/client.js`)).text(); // a server that is restarted has another port
  expect(await page()).toBe("no page");
  write("src/client.ts", `console.log("first");`);
  await expect.poll(page).toContain("first");
  expect(errors().split(`console.log("begun"`)).toHaveLength(2); // built once: each error is printed once
  write("src/client.ts", `console.log("second"`);
  await expect.poll(errors).toContain(`console.log("second"`);
  write("src/client.ts", `console.log("third");`);
  await expect.poll(page).toContain("third");
});

it("runs the server once the page is built", async () => {
  const { folder } = project({ page: `console.log("begun");\n`.repeat(500_000) }); // longer to build than a server takes to start
  const { lines } = await run("node dev.mjs node server.mjs", folder.path).listening();
  expect(lines()).toContain("page: true");
});

it.each([
  ["node dev.mjs", "dev.mjs needs the command of the server as its arguments. Run: npm run dev"],
  ["node dev.mjs not-a-command src/server.ts", "dev.mjs cannot run not-a-command (ENOENT). Run: npm run dev,"],
])("ends %s with a sentence that names the script", async (script, sentence) => {
  const { child, errors } = run(script, project().folder.path);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(errors()).toContain(sentence);
  expect(errors()).not.toMatch(/^ {4}at /m); // no stack
});

it.each(["SIGINT", "SIGTERM"] as const)("ends the server with itself on %s", async (signal) => {
  const { child, listening } = run("node dev.mjs node server.mjs", project().folder.path);
  const { port } = await listening();
  child.kill(signal);
  await once(child, "close");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
});

it("passes a Windows shell one command, of which Node does not warn", async () => {
  const { folder, write } = project();
  write("windows.mjs", WINDOWS);
  write("server.mjs", `console.log("words:", process.argv.slice(2).join());`); // ends at once
  const shell = { comspec: "/bin/sh", ESBUILD_BINARY_PATH: ESBUILD };
  const { child, lines, errors } = run("node --import ./windows.mjs dev.mjs node server.mjs --a b", folder.path, shell);
  expect(await once(child, "close")).toEqual([0, null]);
  expect(lines()).toBe(`["node server.mjs --a b",{"stdio":"inherit","shell":true}]\nwords: --a,b\n`);
  expect(errors()).not.toContain("DEP0190");
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

/** A new app for Node with that page, and a server which needs no dependency of the app. */
function project({ page = "" } = {}) {
  const folder = temporaryFolder();
  applyPlan(folder.path, planProject({ host: "node", isNew: true, version: "1.2.3" }));
  symlinkSync(MODULES, folder.pathOf("node_modules"));
  const write = (path: string, text: string) => writeFileSync(folder.pathOf(path), text);
  write("src/server.ts", SERVER);
  write("server.mjs", SERVER); // without tsx
  write("src/client.ts", page);
  return { folder, write };
}

/** Runs a script of npm's until the test ends; `listening` resolves once the server does. */
function run(script: string, cwd: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, PATH: `${MODULES}/.bin:${process.env["PATH"]}`, ...variables };
  const child = spawn("sh", ["-c", `exec ${script}`], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const printed = { lines: "", errors: "" };
  child.stdout.on("data", (chunk) => (printed.lines += String(chunk)));
  child.stderr.on("data", (chunk) => (printed.errors += String(chunk)));
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    await exit;
  });
  const lines = () => printed.lines;
  const errors = () => printed.errors;
  const listening = async () => {
    const port = await vi.waitUntil(() => /^port (\d+)$/m.exec(printed.lines)?.[1], { timeout: 30_000 });
    return { port, lines, errors };
  };
  return { child, lines, errors, listening };
}
