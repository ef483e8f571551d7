import { ServerProcess } from "../server-process";
import { expect, expectConnected, test } from "../test";

test("SIGTERM turns /readyz to 503 while pages are still served, and /healthz stays", async () => {
  const server = await ServerProcess.start("production", { DRAIN_NOTICE_MS: "5000" });
  const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status;
  expect(await Promise.all(["/healthz", "/readyz"].map(statusOf))).toEqual([200, 200]);
  const stopped = server.stop();
  await expect.poll(() => statusOf("/readyz")).toBe(503);
  expect(await Promise.all(["/healthz", "/sign-in"].map(statusOf))).toEqual([200, 200]);
  expect(await stopped).toBe(0);
});

test("SIGTERM notifies the clients, closes them and exits with 0 within 30 seconds", async ({ browser }) => {
  const server = await ServerProcess.start("production");
  const page = await browser.newPage();
  await page.goto(`${server.url}/desk`);
  await expectConnected(page);
  const asked = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(30_000);
  await expect(page.getByTestId("connection")).toHaveText("Reconnecting");
  await page.close();
});
