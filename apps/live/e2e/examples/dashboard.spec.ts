import { expect, test } from "../test";

test("shows what has happened in other examples", async ({ open, openElsewhere, mode }) => {
  const page = await open("/dashboard");
  const count = Number(await page.locator("#annotations").textContent());
  const other = await openElsewhere("/annotations/revenue", "forms");
  await other.getByLabel("Annotation").fill("Seen on the dashboard");
  await other.getByRole("button", { name: "Post" }).click();
  await expect(other.getByLabel("Annotation")).toHaveValue("");
  if (mode === "forms" || mode === "ajax") await page.getByRole("button", { name: "Refresh now" }).click();
  await expect(page.locator("#annotations")).toHaveText(`${count + 1}`);
  await expect(page.locator("#ledger li").first()).toContainText("A new question about “Revenue by month”");
});

test("appends to the ledger, and keeps the elements of earlier entries", async ({ open, openElsewhere, mode }) => {
  test.skip(mode === "forms" || mode === "ajax", "without a connection nothing is pushed");
  const page = await open("/dashboard");
  const board = await openElsewhere("/board", "forms");
  await board.locator("#right-c3").click();
  const first = page.locator("#ledger li", { hasText: "is accepted now" }).first();
  await expect(first).toBeVisible();
  const element = await first.elementHandle();
  await board.locator("#left-c3").click();
  await expect(page.locator("#ledger li").first()).toContainText("is new now");
  expect(
    await page
      .locator("#ledger li")
      .nth(1)
      .evaluate((after, before) => after === before, element),
  ).toBe(true);
});

test("pushes to every tab that looks, and to none that does not", async ({ open, openElsewhere, mode }) => {
  test.skip(mode === "forms" || mode === "ajax", "without a connection nothing is pushed");
  const page = await open("/dashboard");
  const other = await openElsewhere("/dashboard");
  await expect(page.locator("#watchers")).toHaveText("2");
  await expect(other.locator("#beats")).toHaveText("2");
  await other.close();
  await expect(page.locator("#watchers")).toHaveText("1");
  await page.goto("/counter");
  await expect(page.locator("#count")).toBeVisible();
  const plain = await openElsewhere("/dashboard", "forms");
  await expect
    .poll(async () => {
      await plain.reload();
      return plain.locator("#watchers").textContent();
    })
    .toBe("0");
});
