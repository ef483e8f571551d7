import type { Page } from "@playwright/test";
import { channelRow, expect, expectConnected, sendNotification, test } from "../test";

test("three tabs share one socket, and when the tab that holds it dies the others miss nothing", async ({ visit }) => {
  const first = await visit("mia");
  const sockets = new Set<string>();
  const open = async (name: string): Promise<Page> => {
    const page = await first.context().newPage();
    page.on("websocket", (socket) => {
      sockets.add(name);
      socket.on("close", () => sockets.delete(name));
    });
    await page.goto("/desk");
    await expectConnected(page);
    return page;
  };
  const second = await open("second");
  const third = await open("third");
  expect([...sockets]).toEqual([]); // the first tab connects for them

  const sam = await visit("sam");
  await sendNotification(sam, "Mia", "to all three");
  for (const page of [first, second, third]) await expect(page.getByTestId("inbox")).toContainText("to all three");

  await first.close();
  await sendNotification(sam, "Mia", "after the leader died");
  for (const page of [second, third]) {
    await expect(page.getByTestId("inbox")).toContainText("after the leader died");
    await expect(page.getByTestId("inbox").getByText("to all three")).toHaveCount(1);
  }
  expect(sockets.size).toBe(1);

  await channelRow(third, "realtime-ping").getByRole("button", { name: "Leave" }).click();
  await second.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(second.getByText(/^Replied in/)).toBeVisible(); // one tab's leaving is not the other's
  await expect(second.getByTestId("pulse")).toContainText("Mia pinged");
});

test("whoever signs in as somebody else gets a connection of their own", async ({ visit }) => {
  const mia = await visit("mia");
  const tab = await mia.context().newPage();
  await tab.goto("/sign-in");
  await tab.locator("button[value=sam]").click();
  await expectConnected(tab);
  await expect(channelRow(tab, "notifications.staff")).toContainText("You are in.");
});
