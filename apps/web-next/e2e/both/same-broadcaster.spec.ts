import { cookieOf, expect, sendNotification, test } from "../test";

test("a route handler and a server action publish through the broadcaster of server.ts", async ({
  visit,
  server,
  request,
}) => {
  const mia = await visit("mia");
  const sam = await visit("sam");
  await sendNotification(sam, "Mia", "by server action");
  await expect(mia.getByTestId("inbox")).toContainText("by server action");
  const response = await request.post(`${server.url}/api/notifications`, {
    headers: { cookie: await cookieOf(sam), origin: server.url },
    data: { to: "mia", text: "by route handler" },
  });
  expect(response.status()).toBe(201);
  await expect(mia.getByTestId("inbox")).toContainText("by route handler");
});
