import { BoardPage } from "../board/board-page";
import { expect, test } from "../test";

test("StrictMode mounts everything twice, and the wire does not show it", async ({ visit }) => {
  const page = await visit("mia");
  const sent: { readonly type: string; readonly channel?: string }[] = [];
  page.on("websocket", (socket) => {
    if (!socket.url().endsWith("/realtime")) return;
    socket.on("framesent", ({ payload }) => sent.push(JSON.parse(String(payload))));
  });
  const mia = await BoardPage.open(page);
  await expect(page.getByTestId("people").getByRole("listitem")).toHaveCount(1);
  const title = `twice mounted ${Date.now()}`;
  await mia.add(title);
  await mia.expectOnce([title]);
  for (const channel of ["entity:task", "tasks.cursors", "presence:entity:task"])
    expect(sent.filter((frame) => frame.type === "subscribe" && frame.channel === channel)).toHaveLength(1);
  expect(sent.filter(({ type }) => type === "unsubscribe")).toEqual([]);
});
