import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { buildPrograms } from "./build.js";
import { LoadClient } from "./load-client.js";
import { ControlLine } from "./server/control-line.js";
import { portOf } from "./server/port-of.js";

// Who does not answer is thrown out after half a minute, and a round that waits for him never ends.
it.each([true, false])(
  "answers the heartbeats of WebSocket and Engine.IO, and counts neither (C: %s)",
  { timeout: 60_000 },
  async (wantsC) => {
    const programs = await buildPrograms(wantsC);
    const httpServer = createServer();
    const webSockets = new WebSocketServer({ server: httpServer });
    const [port, control] = [await portOf(httpServer), await ControlLine.listen()];
    const load = new LoadClient([...programs.load, `${port}`, `${control.port}`, "/", "", "1"]);
    try {
      const coming = once(webSockets, "connection");
      await load.ask("open 1 1");
      const [client] = (await coming) as [WebSocket];
      const [ponged, answered] = [once(client, "pong"), once(client, "message")];
      client.ping();
      client.send("2");
      await ponged;
      const [answer] = (await answered) as [Buffer];
      expect(String(answer)).toBe("3");
      expect((await load.ask("count"))[0]).toBe(0);
      client.send("22");
      await expect.poll(async () => (await load.ask("count"))[0]).toBe(1);
    } finally {
      await load.close();
      await programs.remove();
      httpServer.closeAllConnections();
      httpServer.close();
    }
  },
);
