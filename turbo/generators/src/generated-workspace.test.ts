import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TemporaryWorkspace, type Outcome } from "./testing/temporary-workspace.js";
import { TWO_PEOPLE_TEST } from "./testing/two-people.js";

const LIMIT_MS = 300_000; // a bound for a machine that does many other things; alone the whole file takes a minute or two

/** What does not compile before the channel is on the list, nor with a channel that is none. */
const TYPED_PAGE = `import { createRealtimeClient } from "@repo/realtime-client";
import type { AppChannels } from "./app-channels";

const client = createRealtimeClient<AppChannels>({ url: "/realtime" });
export const ticket = client.channel("orders.ticket");
export const talk = client.channel("talks.{talkId}", { talkId: "7" });
export const reply: Promise<{ accepted: boolean }> = talk.publish("say", { text: "hello" });
// @ts-expect-error -- nobody has made it
export const unknown = client.channel("orders.nothing");
`;

/** Somebody's workspace: tasks, a compiler's base and a lint config of their own. */
const THEIRS = {
  "package.json": `{\n  "name": "theirs",\n  "private": true,\n  "type": "module"\n}\n`,
  "pnpm-workspace.yaml": `# ours\npackages:\n  - apps/* # sites\n`,
  "turbo.json": `{\n  // ours\n  "tasks": {\n    "build": { "outputs": ["out/**"] }\n  }\n}\n`,
  "tsconfig.base.json": `{\n  "compilerOptions": {\n    "target": "ES2023",\n    "strict": true // of course\n  }\n}\n`,
  "eslint.config.js": `import tseslint from "typescript-eslint";\n\nexport default tseslint.config(tseslint.configs.strict);\n`,
  ".prettierrc.json": `{ "printWidth": 120 }\n`,
  "apps/site/package.json": `{ "name": "site", "private": true, "type": "module", "scripts": { "types": "tsc" },
  "dependencies": { "@repo/realtime-client": "workspace:*" }, "devDependencies": { "@typescript/native": "catalog:" } }\n`,
  "apps/site/tsconfig.json": `{ "extends": "../../tsconfig.base.json", "compilerOptions": { "lib": ["ES2023", "DOM"] }, "include": ["src"] }\n`,
  "apps/site/src/app-channels.ts": `export type AppChannels = [\n  // <gen:app-channels>\n][number][number];\n`,
  "apps/site/src/features.ts": `export const features = [\n  // <gen:features>\n] as const;\n\nexport const presenceChannels = [\n  // <gen:presence-channels>\n] as const;\n`,
  "apps/site/src/page.ts": TYPED_PAGE,
};

const TICKET = "packages/orders/src/realtime/ticket.channel.ts";
const INBOUND = `  inbound: { open: z.strictObject({ id: z.uuid(), kind: z.enum(["bug", "wish"]), more: z.string().optional() }) },
`;

const BEFORE = [
  "core-package realtime --eject",
  "feature orders",
  "channel orders status authenticated",
  "channel orders order-note user:ownerId",
  "channel orders board role:staff",
  "channel orders news public",
  "channel orders ticket authenticated",
  "channel orders talks.{talkId} role:staff --events said,ended --inbound say --reply --opening --history --presence",
  "live-table orders order_notes",
  "live orders order-board",
  "sql-channel orders order:%",
];
const AFTER = ["status", "order-note", "board", "news", "ticket"].map((slug) => `handler orders ${slug}`);

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await TemporaryWorkspace.create(THEIRS);
  const [first = "", ...others] = BEFORE;
  succeeds(await workspace.generate(...first.split(" ")));
  for (const request of others) await workspace.apply(request);
  const ticket = await workspace.read(TICKET);
  await workspace.write(TICKET, ticket.replace("});\n", `${INBOUND}});\n`));
  for (const request of AFTER) await workspace.apply(request);
  await workspace.write("packages/orders/src/two-people.test.ts", TWO_PEOPLE_TEST);
  succeeds(await workspace.install());
}, LIMIT_MS);
afterAll(() => workspace.remove());

function succeeds(outcome: Outcome): Outcome {
  expect(outcome, outcome.stdout + outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

it("compiles, and so do the packages that it came with", { timeout: LIMIT_MS }, async () => {
  succeeds(await workspace.pnpm("", "exec", "turbo", "run", "types", "--output-logs=errors-only"));
});

it("keeps the floors", { timeout: LIMIT_MS }, async () => {
  succeeds(await workspace.pnpm("", "exec", "turbo", "boundaries"));
});

it("is written as Prettier writes", { timeout: LIMIT_MS }, async () => {
  succeeds(await workspace.pnpm("turbo/generators", "exec", "prettier", "--check", "../../packages/orders"));
});

it("passes strict rules and ours, which are switched on", { timeout: LIMIT_MS }, async () => {
  succeeds(await workspace.pnpm("", "exec", "eslint", "--max-warnings", "0", "packages/orders"));
  await workspace.write("packages/orders/src/bad.ts", `import "socket.io";\n`);
  const { stdout } = await workspace.pnpm("", "exec", "eslint", "packages/orders");
  await workspace.discard("packages/orders/src/bad.ts");
  expect(stdout).toContain("realtime/no-direct-socket-io");
});

it("runs: its own tests pass, and a bound feature answers clients", { timeout: LIMIT_MS }, async () => {
  const outcome = succeeds(await workspace.pnpm("packages/orders", "exec", "vitest", "run", "--reporter=json"));
  const report: unknown = JSON.parse(outcome.stdout.slice(outcome.stdout.indexOf("{")));
  expect(report).toMatchObject({ numFailedTests: 0, numPassedTests: 34, numTotalTests: 34 }); // 5 × 2 + 5 handlers + 5 of the room + 2 binds + 2 people + 3 of the table, on PGlite + 5 of the page + 2 of the SQL channel
});

it("builds", { timeout: LIMIT_MS }, async () => {
  succeeds(await workspace.pnpm("packages/orders", "exec", "tsup"));
});

it("changes nothing when everything is asked for again", { timeout: LIMIT_MS }, async () => {
  for (const request of [...BEFORE, ...AFTER]) expect(await workspace.plan(request)).toEqual([]);
});

it("prints what it would do as a diff that git applies, and writes nothing", { timeout: LIMIT_MS }, async () => {
  const before = workspace.snapshot();
  const { stdout } = succeeds(await workspace.generate("channel", "orders", "dry", "public", "--dry-run"));
  expect(workspace.snapshot()).toEqual(before);
  writeFileSync(join(workspace.root, "dry.patch"), stdout);
  execFileSync("git", ["apply", "dry.patch"], { cwd: workspace.root });
  await workspace.discard("dry.patch");
  const applied = workspace.snapshot();
  expect(applied).not.toEqual(before);
  expect(succeeds(await workspace.generate("channel", "orders", "dry", "public")).stdout).toContain("Nothing to do");
  expect(workspace.snapshot()).toEqual(applied);
});

it(
  "takes out again what it has made, after a dry run, and refuses what was changed by hand",
  { timeout: LIMIT_MS },
  async () => {
    const before = workspace.snapshot();
    succeeds(await workspace.generate("channel", "orders", "gone", "public", "--inbound", "note", "--opening"));
    const made = workspace.snapshot();
    const remove = ["remove", "channel", "orders", "gone"];
    const dry = succeeds(await workspace.generate(...remove, "--dry-run"));
    expect(dry.stdout).toContain("--- a/packages/orders/src/realtime/gone.channel.ts\n+++ /dev/null");
    expect(workspace.snapshot()).toEqual(made);
    const path = "packages/orders/src/realtime/gone.channel.ts";
    const text = await workspace.read(path);
    await workspace.write(path, `${text}// mine\n`);
    const refused = await workspace.generate(...remove);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(`${path} was changed by hand`) });
    await workspace.write(path, text);
    expect(succeeds(await workspace.generate(...remove)).stdout).toContain(`removed  ${path}`);
    expect(workspace.snapshot()).toEqual(before);
  },
);

it("lists what there is, and says how each command is used", { timeout: LIMIT_MS }, async () => {
  const { stdout } = succeeds(await workspace.generate("list", "orders"));
  expect(stdout).toContain("orders: bound by apps/site\n");
  expect(stdout).toMatch(/talks\.\{talkId\} +role:staff +on-talks +bound/);
  expect(succeeds(await workspace.generate("remove", "--help")).stdout).toContain("--force");
});

it("goes through turbo's generator too, dry or not, and fails with it", { timeout: LIMIT_MS }, async () => {
  const gen = (...words: readonly string[]) => workspace.pnpm("", "exec", "gen", "run", "realtime", "--args", ...words);
  const before = workspace.snapshot();
  const dry = succeeds(await gen("channel", "orders", "extra", "public", "dry-run"));
  expect(dry.stdout).toContain("+++ b/packages/orders/src/realtime/extra.channel.ts");
  expect(workspace.snapshot()).toEqual(before);
  const refused = await gen("channel", "orders", "../extra", "public");
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(`"../extra" names no channel`) });
  expect(workspace.snapshot()).toEqual(before);
  succeeds(await gen("channel", "orders", "extra", "public", "events=a,b", "inbound=c", "reply", "history"));
  expect(await workspace.read("packages/orders/src/realtime/extra.channel.ts")).toContain("inbound: { c: message }");
});

it("goes through turbo's generator of pages too, and says how an app serves one", { timeout: LIMIT_MS }, async () => {
  const gen = (...words: readonly string[]) => workspace.pnpm("", "exec", "gen", "run", "live", "--args", ...words);
  const before = workspace.snapshot();
  const dry = succeeds(await gen("orders", "more", "dry-run"));
  expect(dry.stdout).toContain("+++ b/packages/orders/src/more.page.ts");
  expect(workspace.snapshot()).toEqual(before);
  expect(succeeds(await gen("orders", "more")).stdout).toContain("createLivePages({ pages: [morePage], … })");
  expect(Object.keys(workspace.snapshot())).toContain("packages/orders/src/more.page.ts");
});

it("writes all or nothing", { timeout: LIMIT_MS }, async () => {
  const path = "packages/orders/src/di/bind-dev-seed.ts";
  const text = await workspace.read(path);
  await workspace.write(path, text.replace("// <gen:realtime-handlers>", ""));
  const before = workspace.snapshot();
  const refused = await workspace.generate("channel", "orders", "late", "public");
  expect(refused).toMatchObject({ status: 1, stdout: "" });
  expect(refused.stderr).toBe(
    `${path} has lost its anchor. Paste this line as the last line inside the array \`undo\`:\n\n  // <gen:realtime-handlers>\n\n`,
  );
  expect(workspace.snapshot()).toEqual(before);
});

it("refuses a folder that is in no workspace", async () => {
  const alone = await TemporaryWorkspace.create({});
  const refused = await alone.generate("feature", "orders");
  expect(alone.snapshot()).toEqual({});
  await alone.remove();
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("no pnpm-workspace.yaml here or above") });
});
