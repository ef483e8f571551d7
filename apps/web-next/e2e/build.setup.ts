import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "@playwright/test";

test("the pages are built, from these very sources", () => {
  test.setTimeout(300_000);
  // Under turbo the build was a task before this one; without it, turbo's cache knows whether anything has changed.
  const isUnderTurbo = process.env["TURBO_HASH"] !== undefined;
  const build = ["exec", "turbo", "run", "build", "--filter=web-next", "--output-logs=errors-only"];
  if (!isUnderTurbo) expect(spawnSync("pnpm", build, { stdio: "inherit" }).status).toBe(0);
  expect(existsSync(".next/BUILD_ID")).toBe(true);
});
