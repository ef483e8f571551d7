import { channelRow, cookieOf, expect, test } from "../test";

test("another person's channel is refused with a text, and one's own is not", async ({ visit }) => {
  const mia = await visit("mia");
  const sams = channelRow(mia, "notifications.user.sam");
  await expect(channelRow(mia, "notifications.user.mia")).toContainText("You are in.");
  await sams.getByRole("button", { name: "Join" }).click();
  await expect(sams).toContainText("You may not use this channel.");
  await expect(sams).toContainText("UNAUTHORIZED");
});

test("the staff channel is refused to a member and open to staff", async ({ visit }) => {
  const mia = await visit("mia");
  const sam = await visit("sam");
  const staff = channelRow(mia, "notifications.staff");
  await staff.getByRole("button", { name: "Join" }).click();
  await expect(staff).toContainText("You may not use this channel.");
  await expect(channelRow(sam, "notifications.staff")).toContainText("You are in.");
});

test("a visitor is let into the public channel alone", async ({ visit }) => {
  const visitor = await visit("anonymous");
  await expect(channelRow(visitor, "realtime-ping")).toContainText("You are in.");
  for (const name of ["notifications.user.mia", "notifications.staff"]) {
    await channelRow(visitor, name).getByRole("button", { name: "Join" }).click();
    await expect(channelRow(visitor, name)).toContainText("You may not use this channel.");
  }
});

test("a message of the wrong shape is refused with a text, and the next good one gets a reply", async ({ visit }) => {
  const visitor = await visit("anonymous");
  await visitor.getByRole("button", { name: "Talk nonsense" }).click();
  await expect(visitor.getByText(/^The payload does not fit the channel's schema/).first()).toBeVisible();
  await expect(visitor.getByText("PAYLOAD_INVALID", { exact: true })).toBeVisible();
  await visitor.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(visitor.getByText(/^Replied in/)).toBeVisible();
});

test("a notification to nobody is refused with a text", async ({ visit, server, request }) => {
  const mia = await visit("mia");
  const outcome = await request.post(`${server.url}/api/notifications`, {
    headers: {
      cookie: await cookieOf(mia),
      origin: server.url,
    },
    data: { to: "nobody", text: "hello" },
  });
  expect(await outcome.json()).toMatchObject({ sent: false, why: 'There is no user called "nobody" here.' });
});
