import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "../test";

test("a peer that sends no request is closed within 13 seconds, and the others are served", async ({
  server,
  visit,
}) => {
  const open = (sent: string): Socket => {
    const socket = connect(server.port, "127.0.0.1").resume();
    socket.write(sent);
    return socket;
  };
  const since = Date.now();
  const silent = [
    open(""),
    open("GET / HTTP/1.1\r\nHost: lo"),
    open("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"),
  ];
  const gone = Promise.all(silent.map((socket) => once(socket, "close")));
  const mia = await visit("mia");
  await gone;
  expect(Date.now() - since).toBeLessThan(13_000);
  await mia.getByRole("button", { name: "Ping", exact: true }).click();
  await expect(mia.getByText(/^Replied in/)).toBeVisible();
});
