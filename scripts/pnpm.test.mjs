import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isRunning } from "./session.mjs";

const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const root = mkdtempSync(join(tmpdir(), "pnpm-wrapper-"));
const env = { ...process.env, PATH: join(root, "bin"), CI: "true" };
const wrapped = (script) => `exec node scripts/pnpm.mjs run ${script}`;
const SERVE = `
  const { spawn } = require("node:child_process");
  spawn(process.execPath, ["-e", "console.log('PID ' + process.pid); setInterval(() => {}, 1000)"], { stdio: "inherit" });
  console.log("PID " + process.pid);
  process.on("SIGTERM", () => setTimeout(() => { console.log("DRAINED"); process.exit(0); }, 200));
  setInterval(() => {}, 1000);`;

beforeAll(() => {
  mkdirSync(join(root, "bin"));
  const npmBin = dirname(realpathSync(commandPath("npm")));
  symlinkSync(process.execPath, join(root, "bin", "node"));
  symlinkSync("/bin/sh", join(root, "bin", "sh"));
  for (const name of ["npm", "npx"]) symlinkSync(join(npmBin, `${name}-cli.js`), join(root, "bin", name));
  mkdirSync(join(root, "scripts"));
  for (const file of ["pnpm.mjs", "foreground.mjs", "session.mjs"]) {
    cpSync(new URL(file, import.meta.url), join(root, "scripts", file));
  }
  writeFileSync(join(root, "pnpm-workspace.yaml"), "packages: []\npmOnFail: ignore\n");
  writeFileSync(join(root, "pnpm-lock.yaml"), "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n");
  writeFileSync(join(root, "serve.cjs"), SERVE);
  declare({});
});

afterAll(() => rmSync(root, { recursive: true }));

function declare(dependencies) {
  const scripts = {
    "give-seven": wrapped("seven"),
    seven: "node -e 'process.exit(7)'",
    nest: wrapped("outer"),
    outer: "pnpm run inner",
    inner: "pnpm --version",
    serve: wrapped("server"),
    server: "pnpm run serving",
    serving: "node serve.cjs",
  };
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({ name: "fixture", private: true, packageManager, scripts, dependencies }),
  );
}

const commandPath = (name) => spawnSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
const npm = (script) => spawnSync("npm", ["run", script], { cwd: root, env, encoding: "utf8" });

it("finds no pnpm on the PATH of these tests", () => {
  expect(spawnSync("pnpm", ["--version"], { env }).error?.code).toBe("ENOENT");
});

it("passes the exit code of the script through npm", () => {
  expect(npm("give-seven").status).toBe(7);
});

it("gives the pinned pnpm to scripts that call pnpm themselves", () => {
  const { status, stdout } = npm("nest");
  expect(status).toBe(0);
  expect(`pnpm@${stdout.trim().split("\n").at(-1)}`).toBe(packageManager);
});

it("does not run the script where the install fails", () => {
  declare({ "not-in-the-lock-file": "1.0.0" });
  const { status, stdout } = npm("nest");
  declare({});
  expect(status).not.toBe(0);
  expect(stdout).not.toContain("pnpm --version");
});

it.each(["npm", "the wrapper"])(
  "leaves nothing running when %s gets SIGTERM, and lets the server drain first",
  async (target) => {
    const [command, args] =
      target === "npm" ? ["npm", ["run", "serve"]] : ["node", ["scripts/pnpm.mjs", "run", "server"]];
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
    const pids = new Set();
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
      const before = pids.size;
      for (const [, pid] of output.matchAll(/^PID (\d+)$/gm)) pids.add(pid);
      if (before < 2 && pids.size === 2) child.kill("SIGTERM");
    });
    const [code, signal] = await once(child, "exit");
    expect([...pids].filter((pid) => isRunning(Number(pid)))).toEqual([]);
    expect(output).toContain("DRAINED");
    expect([143, "SIGTERM"]).toContain(code ?? signal);
  },
);
