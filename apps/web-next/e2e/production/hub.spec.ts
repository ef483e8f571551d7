import type { Page } from "@playwright/test";
import { expect, test } from "../test";

test("a row that one person inserts repaints the page of another, in one request, and not the page of another hub", async ({
  visit,
}) => {
  const [mia, sam, south] = [
    await openHub(await visit("mia")),
    await openHub(await visit("sam")),
    await openHub(await visit("sam"), "south"),
  ];
  const [requests, elsewhere] = [requestsOf(mia), requestsOf(south)];
  const wishes = Number(await mia.getByTestId("count wish").textContent());
  const [before, renderedSouth] = [await rendered(mia), await rendered(south)];
  await record(sam, "wish", "A wish of Sam's.");
  for (const page of [mia, sam]) {
    await expect(page.getByTestId("signals").getByRole("listitem").first()).toContainText("A wish of Sam's.");
    await expect(page.getByTestId("count wish")).toHaveText(String(wishes + 1));
  }
  expect(await rendered(mia)).not.toBe(before);
  expect(requests()).toEqual(["POST /hub"]);
  expect(await rendered(south)).toBe(renderedSouth);
  expect(elsewhere()).toEqual([]);
});

test("shows at most 20 signals, and keeps what a person is writing", async ({ visit }) => {
  const [mia, sam] = [await openHub(await visit("mia")), await openHub(await visit("sam"))];
  await mia.getByLabel("What is it?").fill("half a sentence");
  for (let n = 1; n <= 17; n += 1) {
    await record(sam, "friction", `Friction ${n}.`);
    await expect(sam.getByTestId("signals").getByRole("listitem").first()).toContainText(`Friction ${n}.`);
  }
  await expect(mia.getByTestId("signals").getByRole("listitem").first()).toContainText("Friction 17.");
  await expect(mia.getByTestId("signals").getByRole("listitem")).toHaveCount(20);
  await expect(mia.getByLabel("What is it?")).toHaveValue("half a sentence");
});

test("requests nothing while no row changes", async ({ visit }) => {
  const mia = await visit("mia");
  await mia.clock.install();
  await openHub(mia);
  const requests = requestsOf(mia);
  await mia.clock.runFor(60_000); // several times what a polling page would wait
  await mia.evaluate(() => fetch("/the-last")); // what came before it has been seen
  expect(requests()).toEqual(["GET /the-last"]);
});

test("shows a change that was made while the page was offline", async ({ visit }) => {
  const [mia, sam] = [await openHub(await visit("mia")), await openHub(await visit("sam"))];
  await mia.context().setOffline(true);
  await record(sam, "defect", "Written while Mia was offline.");
  await expect(sam.getByTestId("signals")).toContainText("Written while Mia was offline.");
  await expect(mia.getByTestId("signals")).not.toContainText("Written while Mia was offline.");
  await mia.context().setOffline(false);
  await expect(mia.getByTestId("signals")).toContainText("Written while Mia was offline.", { timeout: 60_000 });
});

test("works without JavaScript: the first state is there, and the form inserts", async ({ visit, browser, server }) => {
  const mia = await visit("mia");
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    storageState: await mia.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto("/hub");
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("North dock");
  await expect(plain.getByTestId("signals").getByRole("listitem").first()).toBeVisible();
  await record(plain, "defect", "Written without JavaScript.");
  await plain.goto("/hub");
  await expect(plain.getByTestId("signals")).toContainText("Written without JavaScript.");
  await context.close();
});

async function openHub(page: Page, hub = "north"): Promise<Page> {
  await page.goto(`/hub?hub=${hub}`);
  await page.waitForLoadState("networkidle");
  return page;
}

async function record(page: Page, kind: string, text: string): Promise<void> {
  await page.getByLabel("Kind", { exact: true }).selectOption(kind);
  await page.getByLabel("What is it?").fill(text);
  await page.getByRole("button", { name: "Insert" }).click();
}

async function rendered(page: Page): Promise<string | null> {
  return page.getByTestId("rendered").locator("time").getAttribute("datetime");
}

/** Requests that the page sends from now on, but for those of its connection. */
function requestsOf(page: Page): () => readonly string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith("/realtime")) seen.push(`${request.method()} ${pathname}`);
  });
  return () => seen;
}
