import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findChromium } from "./ensure-chromium.mjs";

let home;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "chromium-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const machine = (more = {}, isRoot = false) => ({ env: { PATH: join(home, "bin"), HOME: home, ...more }, isRoot });

/** An executable that replies to `--version` with the given code. */
function program(path, body = "exit 0") {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

it("takes CHROMIUM_PATH before anything else", () => {
  program("bin/chromium");
  const chosen = program("elsewhere/my-chromium");
  expect(findChromium(machine({ CHROMIUM_PATH: chosen }))).toBe(chosen);
});

it.each(["missing", "broken"])("refuses a CHROMIUM_PATH that is %s, though another is installed", (kind) => {
  program("bin/chromium");
  const path = kind === "broken" ? program("broken", "exit 1") : join(home, "missing");
  expect(() => findChromium(machine({ CHROMIUM_PATH: path }))).toThrow(`CHROMIUM_PATH is ${path}`);
});

it("finds an installed one on the PATH, and passes over one that does not start", () => {
  program("bin/chromium-browser", "exit 10");
  expect(() => findChromium(machine())).toThrow();
  const chromium = program("bin/chromium");
  expect(findChromium(machine())).toBe(chromium);
});

it("finds the newest of Playwright's own, by number", () => {
  program(".cache/ms-playwright/chromium-999/chrome-linux/chrome");
  const newest = program(".cache/ms-playwright/chromium-1200/chrome-linux64/chrome");
  program(".cache/ms-playwright/chromium_headless_shell-1300/chrome-linux/chrome");
  expect(findChromium(machine())).toBe(newest);
});

it("searches in PLAYWRIGHT_BROWSERS_PATH", () => {
  program(".cache/ms-playwright/chromium-1200/chrome-linux/chrome");
  const moved = program("moved/chromium-1100/chrome-linux/chrome");
  expect(findChromium(machine({ PLAYWRIGHT_BROWSERS_PATH: join(home, "moved") }))).toBe(moved);
});

it("lets root install it on Debian, without a question", () => {
  const chromium = join(home, "bin/chromium");
  const install = `[ "$DEBIAN_FRONTEND" = noninteractive ] || exit 1
    case "$*" in
      *update*) : > ${home}/updated ;;
      "-qq install --yes --no-install-recommends chromium") [ -e ${home}/updated ] && /bin/cp ${home}/new ${chromium} ;;
    esac`;
  program("new");
  program("bin/apt-get", install);
  expect(findChromium(machine({}, true))).toBe(chromium);
});

it("installs nothing where the user is not root", () => {
  program("bin/apt-get", `: > ${home}/called`);
  expect(() => findChromium(machine())).toThrow();
  expect(existsSync(join(home, "called"))).toBe(false);
});

it.each([true, false])("prints in one line what to install where there is none (root: %s)", (isRoot) => {
  expect(() => findChromium(machine({}, isRoot))).toThrow(
    /^No Chromium was found: install Chrome or Chromium .*, or set CHROMIUM_PATH to its executable\.$/,
  );
});
