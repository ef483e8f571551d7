import { afterEach, expect, it } from "vitest";
import { TemporaryWorkspace } from "../testing/temporary-workspace.js";

const LIMIT_MS = 120_000; // a bound for a machine that does many other things

let workspace: TemporaryWorkspace | undefined;
afterEach(() => workspace?.remove());

const STOCK = {
  "package.json": `{ "name": "mine", "private": true, "workspaces": ["apps/*", "packages/*"], "devDependencies": { "turbo": "^2.9.0" } }`,
  "turbo.json": `{ "tasks": { "build": { "dependsOn": ["^build"] } } }`,
};

it(
  "goes by the command line into an npm workspace: dry, then written, then nothing to do",
  { timeout: LIMIT_MS },
  async () => {
    workspace = await TemporaryWorkspace.create(STOCK);
    const before = workspace.snapshot();
    const dry = await workspace.generate("core-package", "realtime", "--dry-run");
    expect(dry.stderr).toBe("");
    expect(dry.stdout).toContain("+++ b/packages/core-realtime/package.json");
    expect(workspace.snapshot()).toEqual(before);
    const written = await workspace.generate("core-package", "realtime");
    expect(written).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("created  packages/core-realtime/src/index.ts"),
    });
    const after = workspace.snapshot();
    const again = await workspace.generate("core-package", "realtime");
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing to do") });
    expect(workspace.snapshot()).toEqual(after);
  },
);

it("names what is in the way, and fails", { timeout: LIMIT_MS }, async () => {
  workspace = await TemporaryWorkspace.create({ ...STOCK, "packages/polls/src/index.ts": "mine\n" });
  const before = workspace.snapshot();
  const refused = await workspace.generate("core-package", "realtime");
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("packages/polls/src/index.ts exists") });
  expect(workspace.snapshot()).toEqual(before);
});
