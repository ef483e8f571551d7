import { ServerProcess } from "../server-process";
import { expect, expectConnected, test } from "../test";

test("below a base path pages, forms, the sockets of hot reload and of realtime are, and probes are not", async ({
  page,
}) => {
  const server = await ServerProcess.start("development", { BASE_PATH: "/demo" });
  try {
    const sockets = new Set<string>();
    page.on("websocket", (socket) => socket.once("framereceived", () => sockets.add(new URL(socket.url()).pathname)));
    await page.goto(`${server.url}/demo/sign-in`);
    await page.locator("button[value=mia]").click();
    await expectConnected(page);
    expect(new URL(page.url()).pathname).toBe("/demo/desk");
    await expect.poll(() => [...sockets].sort()).toEqual(["/demo/_next/hmr", "/demo/realtime"]);
    expect((await page.request.get(`${server.url}/sign-in`)).status()).toBe(404);
    expect((await page.request.get(`${server.url}/readyz`)).status()).toBe(200);
  } finally {
    await server.stop();
  }
});
