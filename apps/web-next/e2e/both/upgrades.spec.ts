import { NodeClient } from "../node-client";
import { rawUpgrade } from "../raw-upgrade";
import { ServerProcess, type Mode } from "../server-process";
import { expect, expectConnected, test } from "../test";

const SOCKETS = "/socket.io/?EIO=4&transport=websocket";

test("a page matches every path, and still WebSockets open before the first page and after it, and live on", async ({
  browser,
}, { project }) => {
  const server = await ServerProcess.start(project.name as Mode); // nobody has asked it for a page yet
  const { port, url } = server;
  const connectBoth = () => [new NodeClient({ url, path: "/socket.io/" }), new NodeClient({ url, path: "/socket.io" })];
  const clients = connectBoth();
  const expectAlive = async () => {
    for (const client of clients) expect(await client.join()).toMatchObject({ ok: true });
  };
  try {
    await expectAlive();
    const hotReload = () => rawUpgrade({ port, target: "/_next/hmr?id=early" }); // 503 until Next is there: a response, not a hanging socket
    await expect.poll(hotReload).toBe(project.name === "development" ? 101 : 404); // Next takes its own before the first page

    const page = await browser.newPage();
    const response = await page.goto(`${url}/whatever/path`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "No gate here" })).toBeVisible();

    clients.push(...connectBoth());
    await expectAlive();
    await page.goto(`${url}/desk`);
    await expectConnected(page);
    for (const path of ["/", "/desk", "/whatever/path", "/sign-in"]) await page.request.get(url + path); // time for Next to end what it thinks is its own
    await expectAlive();
    await page.close();
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
});

test("refuses upgrades that are not ours", async ({ server: { port } }) => {
  expect(await rawUpgrade({ port, target: "/" })).toBe(404);
  expect(await rawUpgrade({ port, target: "/whatever/path" })).toBe(404);
  expect(await rawUpgrade({ port, target: `http://169.254.169.254${SOCKETS}` })).toBe(400);
  expect(await rawUpgrade({ port, target: `//169.254.169.254${SOCKETS}` })).toBe(400);
  expect(await rawUpgrade({ port, target: SOCKETS, headers: { host: "evil.example" } })).toBe(421);
  expect(await rawUpgrade({ port, target: SOCKETS })).toBe(101);
  expect(await rawUpgrade({ port, target: "/realtime", headers: { "sec-websocket-protocol": "fourgate.v2" } })).toBe(
    101,
  );
});
