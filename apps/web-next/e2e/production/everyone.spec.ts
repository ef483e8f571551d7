import { channelRow, expect, expectConnected, sendNotification, test } from "../test";

test("works by keyboard alone, and shows where one is", async ({ page, server }) => {
  await page.goto(`${server.url}/sign-in`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator("button[value=mia]")).toBeFocused();
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
    "solid",
  );
  await page.keyboard.press("Enter");
  await expectConnected(page);
  await channelRow(page, "notifications.staff").getByRole("button").focus();
  await page.keyboard.press("Space");
  await expect(channelRow(page, "notifications.staff")).toContainText("You may not use this channel.");
});

test("fits a narrow screen, whatever arrives", async ({ visit }) => {
  const mia = await visit("mia", { viewport: { width: 320, height: 700 } });
  await sendNotification(mia, "Mia (you)", "unbreakable".repeat(20));
  await expect(mia.getByTestId("inbox")).toContainText("unbreakable");
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await mia.evaluate(overflow)).toBe(0);
});

test("signs in and sends without JavaScript", async ({ visit, browser, server }) => {
  const sam = await visit("sam");
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
  const mia = await context.newPage();
  await mia.goto("/sign-in");
  await mia.locator("button[value=mia]").click();
  await expect(mia.getByTestId("who")).toContainText("Mia");
  await sendNotification(mia, "Sam", "without a script");
  await expect(mia.getByText("Sent.")).toBeVisible();
  await expect(sam.getByTestId("inbox")).toContainText("without a script");
  await context.close();
});

test("what was read in one tab is read in the other", async ({ visit }) => {
  const mia = await visit("mia");
  const secondTab = await mia.context().newPage();
  await secondTab.goto("/desk");
  await sendNotification(mia, "Mia (you)", "read me once");
  const item = (page: typeof mia) =>
    page.getByTestId("inbox").getByRole("listitem").filter({ hasText: "read me once" });
  await item(mia).getByRole("button").click();
  await expect(item(secondTab).getByRole("button")).toHaveCount(0);
});

test("what arrived is still there after a reload", async ({ visit }) => {
  const mia = await visit("mia");
  await sendNotification(mia, "Mia (you)", "here to stay");
  await expect(mia.getByTestId("inbox")).toContainText("here to stay");
  await mia.reload();
  await expect(mia.getByTestId("inbox")).toContainText("here to stay");
});
