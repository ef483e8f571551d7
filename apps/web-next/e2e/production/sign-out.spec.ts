import { NodeClient, type NodeClientOptions } from "../node-client";
import { cookieOf, expect, expectConnected, sendNotification, test } from "../test";

test("signing out cuts the live connection of every tab of that session, and of no other", async ({ visit }) => {
  const here = await visit("mia");
  const secondTab = await here.context().newPage();
  await secondTab.goto("/desk");
  await expectConnected(secondTab);
  const elsewhere = await visit("mia");
  const sam = await visit("sam");

  await here.getByRole("button", { name: "Sign out" }).click();

  await expect(secondTab.getByTestId("connection")).toHaveText("Disconnected");
  await expect(secondTab.getByRole("alert").filter({ hasText: "EXPELLED" })).toContainText(
    "The session was ended; sign in again.",
  );
  await expect(here.getByTestId("who")).toContainText("Visitor");
  await sendNotification(sam, "Mia", "still there?");
  await expect(elsewhere.getByTestId("inbox")).toContainText("still there?");
  await expect(secondTab.getByTestId("inbox")).not.toContainText("still there?");
});

test("the cookie of a session that was signed out opens nothing when it is shown again", async ({
  visit,
  server,
  browser,
}) => {
  const mia = await visit("mia");
  const cookie = await cookieOf(mia);
  const jar = await mia.context().cookies();
  const { url } = server;
  expect(await firstFrame({ url, cookie })).toMatchObject({ type: "connected", userId: "mia" });

  await mia.getByRole("button", { name: "Sign out" }).click();
  await expect(mia.getByTestId("who")).toContainText("Visitor");

  expect(await firstFrame({ url, cookie })).toMatchObject({ type: "close", error: { code: "UNAUTHENTICATED" } });
  const thief = await browser.newContext({ baseURL: server.url });
  await thief.addCookies(jar);
  const page = await thief.newPage();
  await page.goto("/desk");
  await expect(page.getByTestId("who")).toContainText("Visitor");
  await expect(page.getByTestId("inbox")).toHaveCount(0);
  await thief.close();
});

test("the session's cookie is out of reach of scripts and of other sites' forms", async ({ visit }) => {
  const mia = await visit("mia");
  const [cookie] = await mia.context().cookies();
  expect(cookie).toMatchObject({ name: "fourgate_session", httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await mia.evaluate(() => document.cookie)).toBe("");
});

/** What gate 1 sends to a client that is no browser. */
async function firstFrame(options: NodeClientOptions): Promise<unknown> {
  const client = new NodeClient(options);
  try {
    return await client.firstFrame;
  } finally {
    client.close();
  }
}
