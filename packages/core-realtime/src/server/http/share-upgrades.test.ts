import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import { shareUpgrades, type UpgradeTaker } from "./share-upgrades.js";

/** A transport that replies 200 to its own. */
function taker(path: string): UpgradeTaker {
  return {
    isOwn: ({ url }) => url === path,
    handleUpgrade: (_request, socket) => socket.end(`HTTP/1.1 200 ${path}\r\n\r\n`),
  };
}

async function openServer() {
  const httpServer = createServer();
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  onTestFinished(() => void httpServer.close());
  const { port } = httpServer.address() as AddressInfo;
  /** The status line and body of the response; the server has closed the connection by then. */
  const upgrade = async (path: string): Promise<string> => {
    const socket = connect(port, "127.0.0.1");
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    return (await socket.setEncoding("utf8").toArray()).join("");
  };
  return { httpServer, upgrade };
}

it("passes each upgrade to the transport of its path, and responds 404 to the rest, once, however many listen", async () => {
  const { httpServer, upgrade } = await openServer();
  for (const path of ["/one", "/two", "/three"]) shareUpgrades(httpServer, taker(path));
  expect(await upgrade("/one")).toBe("HTTP/1.1 200 /one\r\n\r\n");
  expect(await upgrade("/three")).toBe("HTTP/1.1 200 /three\r\n\r\n");
  expect((await upgrade("/elsewhere")).match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(await upgrade("/elsewhere")).toMatch(/^HTTP\/1\.1 404 Not Found\r\nConnection: close\r\n/);
});

it("leaves what is not its own to a listener of the app", async () => {
  const { httpServer, upgrade } = await openServer();
  for (const path of ["/one", "/two"]) shareUpgrades(httpServer, taker(path));
  httpServer.on("upgrade", ({ url }: IncomingMessage, socket: Duplex) => {
    if (url === "/app") setImmediate(() => socket.end("HTTP/1.1 418 the app's\r\n\r\n"));
  });
  expect(await upgrade("/app")).toBe("HTTP/1.1 418 the app's\r\n\r\n");
});

it("responds 404 after ten seconds where the app's listener does not respond either", async () => {
  const { httpServer, upgrade } = await openServer();
  for (const path of ["/one", "/two"]) shareUpgrades(httpServer, taker(path));
  const seen = new Promise<void>((resolve) => httpServer.on("upgrade", () => resolve()));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const response = upgrade("/elsewhere");
  await seen;
  expect(vi.getTimerCount()).toBe(1); // one of ours decides, for all
  vi.advanceTimersByTime(10_000);
  expect(await response).toMatch(/^HTTP\/1\.1 404/);
});

it("gives the server back", async () => {
  const { httpServer } = await openServer();
  const undo = shareUpgrades(httpServer, taker("/one"));
  undo();
  expect(httpServer.listenerCount("upgrade")).toBe(0);
});
