import { RefusingProxy } from "../refusing-proxy";
import { expect, expectTransport, test } from "../test";

test("falls back to SSE where a proxy refuses WebSockets", async ({ page, server }) => {
  const proxy = await RefusingProxy.open(server.port);
  await page.goto(`${proxy.url}/counter`);
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("1");
  await expectTransport(page, "SSE");
  expect(proxy.refused).toBeGreaterThan(0);
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("2");
  await page.close();
  await proxy.close();
});

test("continues by AJAX, with the same state, while no connection gets through", async ({ context }) => {
  const page = await context.newPage(); // what it reports is expected here
  await page.route("**/realtime**", (route) => route.abort());
  await page.routeWebSocket("**/realtime", (socket) => socket.close());
  await page.goto("/counter");
  for (let count = 1; count <= 3; count += 1) {
    await page.getByRole("button", { name: "One more" }).click();
    await expect(page.locator("#count")).toHaveText(`${count}`);
  }
  await expect(page.locator("#transport")).toContainText("AJAX");
});

test("keeps the state when an open WebSocket is closed", async ({ page }) => {
  const sockets: { close(): Promise<void> }[] = [];
  await page.routeWebSocket("**/realtime", (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.goto("/annotations/revenue?transport=ws");
  await expectTransport(page, "WebSocket");
  await page.getByLabel("Annotation").fill("Before the loss");
  await expect(page.locator("#preview")).toHaveText("Before the loss");
  await sockets[0]?.close();
  await page.getByLabel("Annotation").fill("After the loss");
  await expect(page.locator("#preview")).toHaveText("After the loss");
  await expect.poll(() => sockets.length).toBeGreaterThan(1);
  await expectTransport(page, "WebSocket");
  await expect(page.getByLabel("Annotation")).toHaveValue("After the loss");
});

test("joins a connection with the state that actions by AJAX have left", async ({ page }) => {
  let connect: () => void = () => undefined;
  const isCounted = new Promise<void>((resolve) => (connect = resolve));
  await page.routeWebSocket("**/realtime", async (socket) => {
    await isCounted;
    socket.connectToServer();
  });
  await page.goto("/counter?transport=ws");
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("1");
  connect();
  await expectTransport(page, "WebSocket");
  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.locator("#count")).toHaveText("2");
});
