import { expect, expectConnected, test } from "../test";

test("a page with ?devtools shows what goes through its client, and cuts its link", async ({ visit }) => {
  const page = await visit("mia");
  await expect(page.locator("fourgate-devtools")).toHaveCount(0);
  await page.goto("/desk?devtools");
  await expectConnected(page);
  await page.getByRole("button", { name: "Fourgate devtools" }).click();
  const panel = page.getByRole("region", { name: "Fourgate devtools" });
  await expect(panel.getByRole("status")).toHaveText("connected");
  await expect(panel.getByRole("row", { name: /^notifications\.user\.mia subscribed/ })).toBeVisible();
  await panel.getByRole("button", { name: "Cut the link" }).click();
  await expect(page.getByTestId("connection")).not.toHaveText("Connected");
  await panel.getByRole("button", { name: "Restore the link" }).click();
  await expectConnected(page);
});
