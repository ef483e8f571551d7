import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { watchUnfinishedRequests } from "./unfinished-requests.js";

const HALF_A_HEAD = "GET / HTTP/1.1\r\nHost: a";
const HALF_A_BODY = "POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12";
const WHOLE = "GET /page HTTP/1.1\r\nHost: a\r\n\r\n";

it("lets a server stop at once although requests are half sent, and finishes the page that is under way", async () => {
  let page: ServerResponse | undefined;
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    if (request.url === "/page") page = response;
  });
  const closeUnfinished = watchUnfinishedRequests(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const texts = [HALF_A_HEAD, HALF_A_BODY, WHOLE].map(async (bytes) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    socket.write(bytes);
    const chunks: string[] = [];
    socket.on("data", (chunk: string) => chunks.push(chunk)).on("error", () => undefined);
    await once(socket, "close");
    return chunks.join("");
  });
  while (seen.length < 2) await once(server, "request");
  const closed = once(server, "close");
  server.close();
  closeUnfinished();
  expect(await Promise.all(texts.slice(0, 2))).toEqual(["", ""]);
  page?.setHeader("connection", "close").end("the page");
  expect(await texts[2]).toContain("the page");
  await closed;
});
