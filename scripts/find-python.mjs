// The Python for the example in another language: one that has `websockets`, or the one that Debian installs.
import { spawnSync } from "node:child_process";

const PYTHONS = ["/usr/bin/python3", "python3"];
const NOT_THERE =
  "skipped: the Python example needs python3 with websockets (Debian: apt-get install python3-websockets)";

/** A Python with `websockets`; undefined, and a line that reports it, where there is none and none can be installed. */
export function findPython({ env = process.env, isRoot = process.getuid?.() === 0 } = {}) {
  const found = installed() ?? (isRoot && env.CI && aptInstall(env) ? installed() : undefined);
  if (!found) console.log(NOT_THERE);
  return found;
}

function installed() {
  return PYTHONS.find((command) => spawnSync(command, ["-c", "import websockets"], { stdio: "ignore" }).status === 0);
}

function aptInstall(env) {
  const quiet = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: ["ignore", "ignore", "inherit"] };
  const apt = (...args) => spawnSync("apt-get", args, quiet).status === 0;
  return apt("-qq", "update") && apt("-qq", "install", "--yes", "--no-install-recommends", "python3-websockets");
}
