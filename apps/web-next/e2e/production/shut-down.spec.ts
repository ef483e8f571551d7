import { ServerProcess } from "../server-process";
import { expect, expectConnected, test } from "../test";

test("SIGTERM notifies the clients, closes them and exits with 0 within 30 seconds", async ({ browser }) => {
  const server = await ServerProcess.start("production");
  const page = await browser.newPage();
  await page.goto(server.url);
  await expectConnected(page);
  const asked = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(30_000);
  await expect(page.getByTestId("connection")).toHaveText("Reconnecting");
  await page.close();
});
