// The end-to-end tests of every app, in a Chromium that is found or installed first.
import { spawnSync } from "node:child_process";
import { findChromium } from "./ensure-chromium.mjs";

try {
  const env = { ...process.env, CHROMIUM_PATH: findChromium() };
  const { status, error } = spawnSync("turbo", ["run", "test:e2e", "--concurrency=1", "--continue"], {
    env,
    stdio: "inherit",
  });
  if (error) throw error; // turbo itself did not start
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
