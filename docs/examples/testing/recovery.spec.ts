// e2e/recovery.spec.ts
import { expect, test, type WebSocketRoute } from "@playwright/test";

test("shows after a lost connection what was missed", async ({ browser }) => {
  const mia = await (await browser.newContext()).newPage();
  const sam = await (await browser.newContext()).newPage();
  let isCut = false;
  let connection: WebSocketRoute | undefined;
  await sam.routeWebSocket("**/realtime", (route) => {
    if (isCut) return void route.close({ code: 1001 });
    connection = route;
    route.connectToServer();
  });
  await mia.goto("/");
  await sam.goto("/");
  await expect(sam.locator("#status")).toHaveText("subscribed");

  isCut = true;
  await connection?.close({ code: 1001 });
  await mia.locator("#vote-yes").click();
  await expect(mia.locator("#yes")).toHaveText("1");
  await expect(sam.locator("#yes")).toHaveText("0");

  isCut = false;
  await expect(sam.locator("#yes")).toHaveText("1");
});
