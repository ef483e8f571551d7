import { expect, sendNotification, test } from "../test";

test("what one person sends arrives at the other, in every tab, and nowhere else", async ({ visit }) => {
  const mia = await visit("mia");
  const secondTab = await mia.context().newPage();
  await secondTab.goto("/desk");
  const sam = await visit("sam");
  const text = `The parcel is here ${Date.now()}`;
  await sendNotification(sam, "Mia", text);
  await expect(sam.getByText("Sent.")).toBeVisible();
  await expect(mia.getByTestId("inbox")).toContainText(text);
  await expect(secondTab.getByTestId("inbox")).toContainText(text);
  await expect(sam.getByTestId("staff log")).toContainText("Sam → Mia");
  await expect(sam.getByTestId("inbox")).not.toContainText(text);
});

test("a ping gets its reply, and is received by everybody under the name of whoever sent it", async ({ visit }) => {
  const mia = await visit("mia");
  const visitor = await visit("anonymous");
  await mia.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(mia.getByText(/^Replied in/)).toBeVisible();
  await expect(visitor.getByTestId("pulse")).toContainText("Mia pinged");
  await visitor.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(mia.getByTestId("pulse")).toContainText("A visitor pinged");
});
