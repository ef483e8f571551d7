import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { installedChromium } from "./installed-chromium";

it("takes the path in CHROMIUM_PATH, and otherwise the first on the path", () => {
  const folder = mkdtempSync(join(tmpdir(), "chromium-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const PATH = ["/nowhere", folder].join(delimiter);
  writeFileSync(join(folder, "chromium"), "");
  expect(installedChromium({ PATH })).toBe(join(folder, "chromium"));
  expect(installedChromium({ PATH, CHROMIUM_PATH: "/opt/chrome" })).toBe("/opt/chrome");
});
