import { expect, expectConnected, test } from "../test";

test("the page hydrates, and the socket of hot reloading lives beside ours", async ({ page, server }) => {
  const received = new Map<string, number>();
  page.on("websocket", (socket) => {
    const { pathname } = new URL(socket.url());
    socket.on("framereceived", () => received.set(pathname, (received.get(pathname) ?? 0) + 1));
  });
  await page.goto(`${server.url}/desk`);
  await expectConnected(page);
  await page.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(page.getByText(/^Replied in/)).toBeVisible();
  await expect.poll(() => [...received.keys()].sort()).toEqual(["/_next/hmr", "/realtime"]);
});
