import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { freePort } from "./free-port.mjs";
import { runCommand, startCommand } from "./run-command.mjs";
import { tryTwoWindows } from "./two-windows.mjs";

/** Creates an app for one host from the registry, builds and starts it, and tries it in two windows. Rejects with what failed. */
export async function tryHost(host, { folder, registry, browser }) {
  const home = join(folder, host.name);
  const app = join(home, "app");
  mkdirSync(home, { recursive: true });
  const log = join(home, "log");
  const tools = join(folder, "tools");
  const PATH = `${join(tools, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
  const npm = { npm_config_registry: registry, npm_config_fund: "false", npm_config_audit: "false" };
  const pnpm = { pnpm_config_registry: registry, pnpm_config_pm_on_fail: "ignore" }; // the pnpm that is here, whatever package.json pins
  const env = { ...npm, ...pnpm, PATH, CI: "true" };
  const run = (command, cwd) => runCommand(command, { cwd, env, log });
  for (const [name, version] of Object.entries(host.tools ?? {})) {
    mkdirSync(tools, { recursive: true });
    await run(["npm", "install", "--no-save", "--prefix", tools, `${name}@${version}`], tools);
  }
  for (const command of host.base ?? []) await run(command, home);
  await run(["npm", "exec", "--yes", "create-fourgate@latest", "--", "app", ...host.create], home);
  for (const [file, text] of Object.entries(host.files ?? {})) writeFileSync(join(app, file), text);
  for (const step of host.steps) {
    const { command, prints = "" } = Array.isArray(step) ? { command: step } : step;
    const printed = await run(command, app);
    if (!printed.includes(prints)) throw new Error(`${command.join(" ")} did not print "${prints}":\n${printed}`);
  }
  const port = await freePort();
  const server = startCommand(host.start, { cwd: app, env: { ...env, PORT: String(port) }, log });
  try {
    await listening(port, server);
    const votes = await tryTwoWindows(browser, { port, path: host.path });
    await endsOnSigterm(server);
    return votes;
  } finally {
    server.stop();
    await server.ended;
  }
}

async function listening(port, server) {
  let isOver = false;
  void server.ended.then(() => (isOver = true));
  const deadline = Date.now() + 120_000;
  while (!(await accepts(port))) {
    if (isOver) throw new Error(`The server ended before it listened:\n${server.tail()}`);
    if (Date.now() > deadline) throw new Error(`The server does not listen on port ${port}:\n${server.tail()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** As a deployment ends it: the server drains, and its process ends by itself. */
async function endsOnSigterm(server) {
  server.stop("SIGTERM");
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, 60_000, "late")));
  const outcome = await Promise.race([server.ended, late]);
  clearTimeout(timer);
  if (outcome === "late") throw new Error(`The server did not end within 60 s of SIGTERM:\n${server.tail()}`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "localhost");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
