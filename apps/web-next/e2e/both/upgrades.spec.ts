import { rawUpgrade } from "../raw-upgrade";
import { ServerProcess, type Mode } from "../server-process";
import { expect, expectConnected, test } from "../test";

const SOCKETS = "/socket.io/?EIO=4&transport=websocket";

test("a page matches every path, and still a WebSocket opens before the first page, and lives on after it", async ({
  browser,
}, { project }) => {
  const server = await ServerProcess.start(project.name as Mode); // nobody has asked it for a page yet
  try {
    const { port, url } = server;
    expect(await rawUpgrade({ port, target: SOCKETS })).toBe(101);
    const hotReload = await rawUpgrade({ port, target: "/_next/hmr?id=early" });
    expect(hotReload).toBe(project.name === "development" ? 503 : 404); // come later, or never: but an answer, not a hanging socket
    const page = await browser.newPage();
    const response = await page.goto(`${url}/whatever/path`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "No gate here" })).toBeVisible();
    await page.goto(url);
    await expectConnected(page);
    for (const path of ["/", "/whatever/path", "/socket.iox"]) await page.request.get(url + path); // each gives Next a chance to end sockets
    await page.getByRole("button", { name: "Ping", exact: true }).click();
    await expect(page.getByText(/^Answered in/)).toBeVisible();
    expect(await rawUpgrade({ port, target: SOCKETS })).toBe(101);
    await page.close();
  } finally {
    await server.stop();
  }
});

test("refuses upgrades that are not ours", async ({ server: { port } }) => {
  expect(await rawUpgrade({ port, target: "/" })).toBe(404);
  expect(await rawUpgrade({ port, target: "/whatever/path" })).toBe(404);
  expect(await rawUpgrade({ port, target: `http://169.254.169.254${SOCKETS}` })).toBe(400);
  expect(await rawUpgrade({ port, target: `//169.254.169.254${SOCKETS}` })).toBe(400);
  expect(await rawUpgrade({ port, target: SOCKETS })).toBe(101);
});
