import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./live-ui/testing/chromium.js";
import { WORKSPACE, WorkspaceCopy, type Outcome } from "./workspace-copy.js";

const LIMIT_MS = 600_000; // a bound for a machine that does many other things; alone the whole file takes about two minutes

/** What a page does with the new channel: typed by the app's own list, so a channel that is not on it does not compile. */
const PAGE = `import { createRealtimeClient } from "@repo/realtime-client";
import type { AppChannels } from "./app-channels";

const client = createRealtimeClient<AppChannels>({ url: "/realtime" });
const poll = client.channel("polls.{pollId}", { pollId: "7" });
const seen: unknown[] = [];
poll.subscribe({ opening: ({ text }) => seen.push(text) });
poll.on("tally", ({ text }) => seen.push({ text }));
Object.assign(globalThis, { seen, vote: (text: string) => poll.publish("vote", { text }) });
`;

/** The cookies of two demo people, sealed as the app in development seals them. */
const SEALS = `import { DEV_SESSION_SECRET } from "./src/server/environment";
import { InMemoryRevokedSessions } from "./src/server/revoked-sessions";
import { Sessions } from "./src/server/sessions";

const sessions = new Sessions({ secret: DEV_SESSION_SECRET, revoked: new InMemoryRevokedSessions() });
const seals = await Promise.all(["mia", "sam"].map(async (userId) => (await sessions.begin(userId)).seal));
console.log(JSON.stringify(seals));
`;

interface Globals {
  readonly seen: readonly unknown[];
  vote(text: string): Promise<unknown>;
}

let copy: WorkspaceCopy;
let browser: Browser | undefined;
beforeAll(async () => {
  copy = await WorkspaceCopy.create();
  browser = await launchChromium();
  succeeds(await copy.run("pnpm install --prefer-offline"));
}, LIMIT_MS);
afterAll(async () => {
  await browser?.close();
  await copy.remove();
}, LIMIT_MS);

function succeeds(outcome: Outcome): Outcome {
  expect(outcome, outcome.output).toMatchObject({ status: 0 });
  return outcome;
}

/** The commands of the README's section, in their order. */
async function commands(): Promise<readonly string[]> {
  const readme = await readFile(join(WORKSPACE, "README.md"), "utf8");
  const [, section = ""] = readme.split("## Add a channel in two minutes");
  const [, block = ""] = /```sh\n([^`]*)```/.exec(section) ?? [];
  return block.split("\n").filter((line) => line.startsWith("pnpm "));
}

it("runs every command of the README, and each does something", { timeout: LIMIT_MS }, async () => {
  const lines = await commands();
  expect(lines.filter((line) => line.includes(" gen "))).toHaveLength(9);
  for (const line of lines) {
    const { output } = succeeds(await copy.run(line.replace("pnpm install", "pnpm install --prefer-offline")));
    if (line.includes(" gen ") && !line.includes("list")) expect(output, line).toMatch(/^(created|changed) /m); // turbo exits with 0 in any case
  }
});

it("lists the new channels as bound", { timeout: LIMIT_MS }, async () => {
  const { output } = succeeds(await copy.run("pnpm --silent gen:realtime list polls"));
  expect(output).toMatch(/polls\.\{pollId\} .*role:member .*on-polls .*bound/);
});

it("compiles in the app, with a page that knows the new channel by type", { timeout: LIMIT_MS }, async () => {
  await copy.write("apps/web-next/src/live/poll-page.ts", PAGE);
  succeeds(await copy.run("pnpm --filter web-next types"));
});

it(
  "is live: two windows of the app receive a broadcast, and one that sent has its reply",
  { timeout: LIMIT_MS },
  async (context) => {
    if (!browser) return context.skip("no Chromium starts");
    await copy.write("apps/web-next/seals.ts", SEALS);
    const node = "node --conditions=@repo/source --import tsx";
    const { output } = succeeds(await copy.run(`${node} seals.ts`, "apps/web-next"));
    const [mia, sam]: readonly string[] = JSON.parse(output);
    await copy.write("apps/web-next/public/poll.html", await pageWith("apps/web-next/src/live/poll-page.ts"));
    const [, origin = ""] = await copy.serve(`exec ${node} server.ts`, {
      folder: "apps/web-next",
      env: { PORT: "0", SQL_DATA: "memory" },
      until: /(http:\/\/localhost:\d+)\s/,
    });
    const [first, second] = [await openPage(browser, origin, mia), await openPage(browser, origin, sam)];
    await first.waitForFunction(() => (globalThis as unknown as Globals).seen.length === 1);
    await second.waitForFunction(() => (globalThis as unknown as Globals).seen.length === 1);
    const reply = await first.evaluate(() => (globalThis as unknown as Globals).vote("yes"));
    expect(reply).toEqual({ accepted: true });
    for (const page of [first, second]) {
      await page.waitForFunction(() => (globalThis as unknown as Globals).seen.length === 2);
      const seen = await page.evaluate(() => (globalThis as unknown as Globals).seen);
      expect(seen).toEqual(["This is polls.7.", { text: "yes" }]);
    }
  },
);

/** A page with a module of the copy, bundled as an app's pages are. */
async function pageWith(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(copy.root, path)],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["@repo/source"],
  });
  const script = (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
  return `<!doctype html><html lang="en"><title>A poll</title><body><script>${script}</script>`;
}

/** The page in a window of its own, served by the app to somebody who is signed in. */
async function openPage(from: Browser, origin: string, seal = ""): Promise<Page> {
  const window = await from.newContext();
  window.setDefaultTimeout(LIMIT_MS / 4);
  await window.addCookies([{ name: "fourgate_session", value: seal, url: origin }]);
  const page = await window.newPage();
  await page.goto(`${origin}/poll.html`);
  return page;
}
