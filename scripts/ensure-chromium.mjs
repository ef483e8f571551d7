// The browser for tests: the one that is here, or the one that Debian installs. As a command it writes the path.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const APPLICATIONS = ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
const TESTING = "Google Chrome for Testing";
const IN_BUILD = [
  "chrome-linux64/chrome",
  "chrome-linux/chrome",
  "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  `chrome-mac-arm64/${TESTING}.app/Contents/MacOS/${TESTING}`,
];
const HELP =
  "No Chromium was found: install Chrome or Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to its executable.";

/** The path of a Chromium that starts. Throws the one line that names what to install; there is no silent skip. */
export function findChromium({ env = process.env, isRoot = process.getuid?.() === 0 } = {}) {
  if (env.CHROMIUM_PATH) return chosen(env.CHROMIUM_PATH);
  const found = installed(env) ?? playwrights(env) ?? (isRoot && aptInstall(env) ? installed(env) : undefined);
  if (!found) throw new Error(HELP);
  return found;
}

function chosen(path) {
  if (!starts(path)) throw new Error(`CHROMIUM_PATH is ${path}, which is no Chromium that starts. ${HELP}`);
  return path;
}

function installed({ PATH = "" }) {
  const onPath = PATH.split(":").flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...APPLICATIONS].find(starts);
}

/** Playwright's own download, the newest first. */
function playwrights({ PLAYWRIGHT_BROWSERS_PATH, HOME = homedir() }) {
  const caches = PLAYWRIGHT_BROWSERS_PATH
    ? [PLAYWRIGHT_BROWSERS_PATH]
    : [join(HOME, ".cache/ms-playwright"), join(HOME, "Library/Caches/ms-playwright")];
  const byBuild = (a, b) => b.localeCompare(a, "en", { numeric: true });
  const builds = caches.filter(existsSync).flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => name.startsWith("chromium-"))
      .sort(byBuild)
      .map((name) => join(cache, name)),
  );
  return builds.flatMap((build) => IN_BUILD.map((path) => join(build, path))).find(starts);
}

function aptInstall(env) {
  const quiet = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: ["ignore", "ignore", "inherit"] };
  const apt = (...args) => spawnSync("apt-get", args, quiet).status === 0;
  return apt("-qq", "update") && apt("-qq", "install", "--yes", "--no-install-recommends", "chromium");
}

/** Ubuntu's `chromium-browser` may be a note about snap, and a download may be half: only what starts counts. */
function starts(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
