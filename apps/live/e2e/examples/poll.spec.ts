import { expect, test } from "../test";

test("counts a vote once, also where it is changed", async ({ open }) => {
  const page = await open("/poll");
  const total = Number(await page.locator("#total").textContent());
  await page.getByRole("button", { name: "Ramen" }).click();
  await expect(page.getByRole("button", { name: "Ramen" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Salad" }).click();
  await expect(page.getByRole("button", { name: "Salad" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#total")).toHaveText(`${total + 1}`);
});

test("is pushed to by the channel that a vote in another browser is published on", async ({
  open,
  openElsewhere,
  mode,
}) => {
  test.skip(mode === "forms" || mode === "ajax", "without a connection nothing is pushed");
  const page = await open("/poll");
  const votes = Number(await page.locator("#votes-tacos").textContent());
  const button = await page.locator("#vote-tacos").elementHandle();
  const other = await openElsewhere("/poll", "forms");
  await other.getByRole("button", { name: "Tacos" }).click();
  await expect(page.locator("#votes-tacos")).toHaveText(`${votes + 1}`);
  await expect(page.getByRole("button", { name: "Tacos" })).toHaveAttribute("aria-pressed", "false");
  expect(await page.locator("#vote-tacos").evaluate((after, before) => after === before, button)).toBe(true);
});
