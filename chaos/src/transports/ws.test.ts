import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ws } from "./ws";

/** A port that accepts connections and never replies. */
async function silentServer() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  return { server, request: { url: `http://127.0.0.1:${port}/realtime`, token: undefined } };
}

// An "error" without a listener ends a Node process; vitest fails the file for it.
it("lets the library's client abort an attempt without a reply", async () => {
  const { server, request } = await silentServer();
  const called = once(server, "connection");
  const link = ws.ofLibrary.open(request, { onFrame: () => undefined, onClose: () => undefined });
  const [call] = await called;
  link.close();
  await once(call.resume(), "close");
});

it("refuses the library's client where there is no server", async () => {
  const { server, request } = await silentServer();
  server.close();
  await once(server, "close");
  const code = await new Promise((resolve) => {
    ws.ofLibrary.open(request, { onFrame: () => undefined, onClose: resolve });
  });
  expect(code).toBe(1006); // RFC 6455 § 7.1.5: the connection was lost, or never was
});
