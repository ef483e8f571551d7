import { arrivalsOf, openOrders, rowsOf, runSql } from "../orders-page";
import { expect, test } from "../test";

test("what one UPDATE changes, both see when it is committed, and nobody when it is rolled back", async ({ visit }) => {
  const [mia, sam] = [await openOrders(await visit("mia")), await openOrders(await visit("sam"))];
  await expect(rowsOf(mia)).toHaveCount(3);
  await expect(rowsOf(sam)).toHaveCount(6);

  await runSql(sam, "all of mia", "delivered", "rollback");
  await expect(sam.getByTestId("sql-outcome")).toHaveText("Rolled back: 3 rows, and nobody received anything.");
  await runSql(sam, "all of mia", "shipped", "commit");
  for (const page of [mia, sam]) {
    await expect(arrivalsOf(page)).toHaveCount(3);
    await expect(rowsOf(page).filter({ hasText: "shipped" })).toHaveCount(3);
    await expect(page.getByTestId("arrivals")).not.toContainText("delivered");
  }

  await runSql(sam, "4: Desk chair", "paid", "commit"); // another customer's
  await expect(sam.getByTestId("arrivals")).toContainText("Desk chair is paid");
  await runSql(sam, "1: Espresso cups", "delivered", "commit");
  await expect(mia.getByTestId("arrivals")).toContainText("Espresso cups is delivered");
  await expect(mia.getByTestId("arrivals")).not.toContainText("Desk chair");
});

test("a member has neither form nor switch, and no access to everybody's orders", async ({ visit }) => {
  const mia = await openOrders(await visit("mia"));
  await expect(mia.getByRole("heading", { name: "Run SQL" })).toHaveCount(0);
  await expect(mia.getByRole("switch")).toHaveCount(0);
  await mia.goto("/orders/webhooks");
  await expect(mia.getByText("Webhooks are for staff.")).toBeVisible();
});

test("disabling the pattern closes the open pages, and they come back with what they missed", async ({ visit }) => {
  const [mia, sam] = [await openOrders(await visit("mia")), await openOrders(await visit("sam"))];
  await sam.getByRole("switch").click();
  for (const page of [mia, sam]) {
    await expect(page.getByTestId("orders-status")).toHaveAttribute("data-state", "closed");
    await expect(page.getByTestId("orders-status")).toContainText("CHANNEL_DISABLED");
  }
  await runSql(sam, "3: Wool blanket", "packed", "commit");
  await expect(sam.getByTestId("sql-outcome")).toHaveText("Committed: 1 row.");
  await sam.getByRole("switch").click();
  for (const page of [mia, sam]) {
    await expect(page.getByTestId("orders-status")).toHaveAttribute("data-state", "live", { timeout: 60_000 });
    await expect(rowsOf(page).filter({ hasText: "Wool blanket" })).toContainText("packed");
  }
});

test("a webhook that is refused three times is a dead letter, and can be delivered again", async ({ visit }) => {
  const sam = await openOrders(await visit("sam"));
  await sam.goto("/orders/webhooks");
  await sam.getByRole("switch", { name: "Replies 204" }).click();
  await expect(sam.getByRole("switch", { name: "Replies 503" })).toBeVisible();
  await openOrders(sam);
  await runSql(sam, "6: Running shoes", "paid", "commit");
  await expect(sam.getByTestId("sql-outcome")).toHaveText("Committed: 1 row.");
  await sam.goto("/orders/webhooks");
  const first = sam.getByTestId("deliveries").locator("> li").filter({ hasText: "orders:ben update" }).first();
  await expect(first).toHaveAttribute("data-state", "dead", { timeout: 60_000 });
  await expect(first.locator("ol > li")).toHaveCount(3);
  await sam.getByRole("switch", { name: "Replies 503" }).click();
  await first.getByRole("button", { name: "Deliver again" }).click();
  await expect(first).toHaveAttribute("data-state", "delivered", { timeout: 60_000 });
  await expect(first.locator("ol > li").last()).toContainText("accepted with 204");
});
