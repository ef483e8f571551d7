import { expect, test } from "../test";

test("counts in both directions, and begins anew", async ({ open }) => {
  const page = await open("/counter");
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("1");
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("2");
  await page.getByRole("button", { name: "One less" }).click();
  await expect(page.locator("#count")).toHaveText("1");
  await page.getByRole("button", { name: "Start at zero" }).click();
  await expect(page.locator("#count")).toHaveText("0");
});

test("receives one text for one click", async ({ open, mode }) => {
  test.skip(mode === "forms", "a page is loaded for each click");
  const page = await open("/counter");
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("1");
  await expect(page.locator("#wire code").last()).toHaveText('[1,["count","1"],{"k":"v1.…"}]');
});

test("counts every click of many, in order", async ({ open, mode }) => {
  test.skip(mode === "forms", "a second click ends the request of the first");
  const page = await open("/counter");
  const more = page.getByRole("button", { name: "One more" });
  for (let click = 0; click < 10; click += 1) await more.click();
  await expect(page.locator("#count")).toHaveText("10");
});
