import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tryEndToEnd } from "./end-to-end.mjs";
import { freePort } from "./free-port.mjs";
import { runCommand, startCommand } from "./run-command.mjs";
import { tryHiddenPage } from "./hidden-page.mjs";
import { tryReload } from "./reload.mjs";
import { tryTwoWindows } from "./two-windows.mjs";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));

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
  const run = (command, cwd, more) => runCommand(command, { cwd, env: { ...env, ...more }, log });
  for (const [name, version] of Object.entries(host.tools ?? {})) {
    mkdirSync(tools, { recursive: true });
    await run(["npm", "install", "--no-save", "--prefix", tools, `${name}@${version}`], tools);
  }
  for (const command of host.base ?? []) await run(command, home);
  await run(["npm", "exec", "--yes", "create-fourgate@latest", "--", "app", ...host.create], home);
  for (const [file, text] of Object.entries(host.files ?? {})) writeFileSync(join(app, file), text);
  if (host.overlay) cpSync(join(FIXTURES, host.overlay), app, { recursive: true });
  for (const edit of host.edits ?? []) editFile(app, edit);
  for (const step of host.steps) {
    const { command, prints = "" } = Array.isArray(step) ? { command: step } : step;
    const printed = await run(command, app);
    if (!printed.includes(prints)) throw new Error(`${command.join(" ")} did not print "${prints}":\n${printed}`);
  }
  if (host.endToEnd) await tryEndToEnd(app, (command, more) => run(command, app, more));
  const { path, webSocketPath } = host;
  const votes = await served(host.start, async (port) => {
    const shown = await tryTwoWindows(browser, { port, path, webSocketPath });
    if (host.hiddenPage) await tryHiddenPage(browser, { port, path: host.hiddenPage });
    return shown;
  });
  if (host.develop)
    await served(host.develop, (port) => tryReload(browser, { port, path, edit: (edit) => editFile(app, edit) }));
  return votes;

  /** Starts the app, tries it, and ends it as a deployment does. */
  async function served(command, trial) {
    const port = await freePort();
    const server = startCommand(command, { cwd: app, env: { ...env, PORT: String(port) }, log });
    try {
      await listening(port, server);
      const outcome = await trial(port);
      await endsOnSigterm(server);
      return outcome;
    } finally {
      server.stop();
      await server.ended;
    }
  }
}

/** Replaces a piece of a file that has to be there. */
function editFile(app, { file, from, to }) {
  const text = readFileSync(join(app, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`);
  writeFileSync(join(app, file), text.replace(from, to));
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
