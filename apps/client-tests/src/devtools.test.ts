import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "./live-ui/testing/chromium.js";
import { scriptPage } from "./script-page.js";
import { serverUp } from "./stage.js";

const PICTURES = process.env["DEVTOOLS_PICTURES"]; // a folder; without it none are taken

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await launchChromium();
}, 30_000);
afterAll(() => browser?.close());

const PAGE = `
  import { createRealtimeClient } from "@repo/realtime-client";
  import { createInspector } from "@repo/realtime-client/debug";
  import { mountDevtools } from "@repo/realtime-devtools";
  globalThis.start = (url) => {
    const inspector = createInspector();
    const client = createRealtimeClient({ url, auth: () => "mia", debug: inspector, random: () => 0.1 });
    const log = client.channel("logs.{logId}", { logId: "1" });
    log.subscribe(() => undefined);
    client.channel("back").subscribe(() => undefined);
    globalThis.note = (note) => void log.publish({ note });
    globalThis.devtools = mountDevtools(inspector);
  };
`;

interface Globals {
  start(url: string): void;
  note(text: string): void;
  readonly devtools: { unmount(): void };
}

async function openPage(options: Parameters<Browser["newPage"]>[0] = {}) {
  const address = await scriptPage(PAGE);
  const server = await serverUp({ origins: [new URL(address).origin], observers: [{ observe: () => undefined }] });
  const page = await browser?.newPage(options);
  if (!page) return undefined;
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  onTestFinished(async () => {
    await page.close();
    expect(errors.filter((message) => !message.startsWith("No WebSocket"))).toEqual([]); // the server may have gone before the page
  });
  await page.goto(address);
  await page.evaluate((url) => (globalThis as unknown as Globals).start(url), `${server.origin}/realtime`);
  await page.getByRole("button", { name: "Fourgate devtools" }).click();
  await page.getByRole("status").filter({ hasText: "connected" }).waitFor();
  return { page, server };
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function openTab(page: Page, name: string) {
  await page.getByRole("tab", { name }).click();
  return page.getByRole("tabpanel", { name });
}

it(
  "shows connection, channels with positions, gate decisions, frames and the queue",
  { timeout: 90_000 },
  async ({ skip }) => {
    const opened = await openPage();
    if (!opened) return skip("There is no Chromium.");
    const { page, server } = opened;
    await server.publish(1);
    await page.getByRole("row", { name: /logs\.1 subscribed \S+:1 1/ }).waitFor();
    await page.getByRole("row", { name: /back .*UNAUTHORIZED You may not use this channel/ }).waitFor();
    const gates = await openTab(page, "Gates");
    await gates.getByText("UNAUTHORIZED").waitFor();
    const frames = await openTab(page, "Frames");
    const message = frames.getByRole("listitem").filter({ hasText: "message" }).first();
    await message.locator("summary").click();
    await message.getByText('"n": 1').waitFor();
    await server.publish(2);
    await frames.getByRole("listitem").filter({ hasText: "message" }).nth(1).waitFor();
    expect(await message.getByText('"n": 1').count()).toBe(0); // the newest is first
    await frames.getByText('"n": 1').waitFor(); // what was open stays open
    expect(await frames.getByText("ping", { exact: true }).count()).toBe(0);
    await frames.getByLabel("Heartbeats").check();
    await frames.getByText("ping", { exact: true }).first().waitFor();
  },
);

it("cuts the link, shows what waits, and restores it", { timeout: 90_000 }, async ({ skip }) => {
  const opened = await openPage();
  if (!opened) return skip("There is no Chromium.");
  const { page, server } = opened;
  await page.getByRole("button", { name: "Cut the link" }).click();
  await page.getByRole("status").filter({ hasText: "cut here" }).waitFor();
  await page.evaluate(() => (globalThis as unknown as Globals).note("offline"));
  const queue = await openTab(page, "Queue");
  await queue.getByText("waits for a connection").waitFor();
  expect(server.notes).toEqual([]);
  await page.getByRole("button", { name: "Restore the link" }).click();
  await queue.getByText("Nothing waits.").waitFor();
  expect(server.notes).toEqual(["offline"]);
});

it("slows the link", { timeout: 90_000 }, async ({ skip }) => {
  const opened = await openPage();
  if (!opened) return skip("There is no Chromium.");
  const { page, server } = opened;
  await page.getByLabel("Delay each frame").selectOption("3 s");
  await page.evaluate(() => (globalThis as unknown as Globals).note("late"));
  const queue = await openTab(page, "Queue");
  await queue.getByText("logs.1").waitFor();
  await queue.getByText("Nothing waits.").waitFor();
  expect(server.notes).toEqual(["late"]);
});

it(
  "works by keyboard, closes with Escape, and leaves nothing when it is unmounted",
  { timeout: 90_000 },
  async ({ skip }) => {
    const opened = await openPage();
    if (!opened) return skip("There is no Chromium.");
    const { page } = opened;
    await page.getByRole("tab", { name: "Channels" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tabpanel", { name: "Gates" }).waitFor();
    await page.keyboard.press("Escape");
    const toggle = page.getByRole("button", { name: "Fourgate devtools" });
    await toggle.waitFor();
    expect(await toggle.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true);
    await page.evaluate(() => (globalThis as unknown as Globals).devtools.unmount());
    expect(await page.locator("fourgate-devtools").count()).toBe(0);
  },
);

it.for([
  ["light", { colorScheme: "light", viewport: { width: 1100, height: 700 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1100, height: 700 } }],
  ["narrow", { colorScheme: "light", viewport: { width: 360, height: 740 } }],
] as const)("fits into a %s window", { timeout: 90_000 }, async ([name, options], { skip }) => {
  const opened = await openPage(options);
  if (!opened) return skip("There is no Chromium.");
  const { page, server } = opened;
  await server.publish(1);
  for (const tab of ["Channels", "Gates", "Frames", "Queue"]) {
    await openTab(page, tab);
    if (tab === "Frames") await page.locator("summary").first().click();
    const wide = await page.locator("section").evaluate((node) => node.scrollWidth - node.clientWidth);
    const panel = await page.getByRole("tabpanel").evaluate((node) => node.scrollWidth - node.clientWidth);
    expect([tab, wide, panel]).toEqual([tab, 0, 0]);
    await picture(page, `${name}-${tab.toLowerCase()}`);
  }
});
