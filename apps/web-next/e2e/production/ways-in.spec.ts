import { NodeClient } from "../node-client";
import { RefusingProxy } from "../refusing-proxy";
import { expect, test } from "../test";

test("one ping reaches WebSocket, SSE behind a proxy that refuses upgrades, and Socket.IO", async ({
  visit,
  server,
}) => {
  const proxy = await RefusingProxy.open(server.port);
  const socketIo = new NodeClient({ url: server.url });
  try {
    expect(await socketIo.join()).toMatchObject({ ok: true });
    const direct = await visit("mia");
    const office = await visit("sam", { baseURL: proxy.url });
    const visitor = await visit("anonymous");
    expect(proxy.refused).toBe(1);
    await office.getByRole("button", { name: "Ping", exact: true }).click();
    await expect(office.getByText(/^Replied in/)).toBeVisible();
    for (const page of [direct, office, visitor]) await expect(page.getByTestId("pulse")).toContainText("Sam pinged");
    await expect.poll(() => socketIo.received("pinged")).toMatchObject([{ u: "sam" }]);
    await direct.getByRole("button", { name: "Ping", exact: true }).click();
    await expect(office.getByTestId("pulse")).toContainText("Mia pinged");

    await office.reload();
    await expect(office.getByTestId("connection")).toHaveText("Connected");
    expect(proxy.refused).toBe(1); // it is remembered that WebSockets do not get through here
  } finally {
    socketIo.close();
    await proxy.close();
  }
});
