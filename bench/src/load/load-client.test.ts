import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { buildPrograms, type Programs } from "../build.js";
import { channelName } from "../channel-name.js";
import type { ContenderName } from "../contender-name.js";
import { CONTENDERS } from "../contenders/contenders.js";
import { ControlSocket } from "../server/control-socket.js";
import { portOf } from "../server/port-of.js";
import { browserHeaders } from "./browser-headers.js";
import { CLIENT_SCRIPTS } from "./client-scripts.js";
import { LoadClient } from "./load-client.js";
import type { LoadScript } from "./load-script.js";

const PATIENCE = { timeout: 60_000 };

let programs: readonly Programs[]; // both load clients, where there is a C compiler; else the same one twice
beforeAll(async () => {
  programs = await Promise.all([buildPrograms(true), buildPrograms(false)]);
}, PATIENCE.timeout);
afterAll(() => Promise.all(programs.map((each) => each.remove())));

const loadOf = (isC: boolean) => programs[isC ? 0 : 1]?.load ?? ["load"];
const bothClients = (names: readonly ContenderName[]) => names.flatMap((name) => [true, false].map((isC) => ({ name, isC }))); // prettier-ignore

it.each(bothClients(["ws", "Fourgate ws", "SSE", "Fourgate SSE"]))(
  "connects clients of $name, counts their frames and replies when all have them (C: $isC)",
  PATIENCE,
  async ({ name, isC }) => {
    const httpServer = createServer();
    const contender = CONTENDERS[name]();
    await contender.attach(httpServer);
    const [port, control] = [await portOf(httpServer), await ControlSocket.listen()];
    const { kind, path, protocol, echo, enter, subscribe } = CLIENT_SCRIPTS[name];
    const channel = channelName("%d");
    const steps = [...enter([channel]), ...subscribe(channel)];
    const [headers, paths] = [browserHeaders(port), path([channel])];
    const script = {
      port,
      controlPort: control.port,
      kind,
      path: paths,
      protocol: protocol([channel]),
      headers,
      echo,
      channels: 5,
      steps,
    };
    const load = new LoadClient(loadOf(isC), script);
    try {
      expect((await load.request("open 20 8"))[0]).toBe(20);
      await load.request("rounds 3");
      for (let round = 0; round < 2; round += 1) {
        const everyClient = control.round();
        for (let n = 0; n < 3; n += 1)
          for (let each = 0; each < 5; each += 1) contender.publish(channelName(each), "x".repeat(n * 100));
        await everyClient;
      }
      expect(await load.count()).toMatchObject({ frames: 20 * 6, gone: 0 });
      await load.request("clock");
      control.publishing();
      contender.publish(channelName(0), "x");
      await expect.poll(async () => (await load.count()).frames, PATIENCE).toBe(4);
      const [count, half, , most] = await load.request("times");
      expect(count).toBe(4);
      expect(half).toBeGreaterThan(0);
      expect(most).toBeGreaterThanOrEqual(half ?? 0);
    } finally {
      await load.close();
      httpServer.closeAllConnections();
      httpServer.close();
    }
  },
);

it.each([true, false])(
  "fills in the channel, the count and a unique id, and sends again after so many frames (C: %s)",
  PATIENCE,
  async (isC) => {
    const httpServer = createServer();
    const webSockets = new WebSocketServer({ server: httpServer });
    const received: string[] = [];
    let headers = "";
    webSockets.on("connection", (client, request) => {
      headers = request.rawHeaders.join("|");
      client.on("message", (data) => {
        received.push(String(data));
        for (const frame of received.length < 3 ? ["message", "reply"] : []) client.send(frame);
      });
    });
    const [port, control] = [await portOf(httpServer), await ControlSocket.listen()];
    const script = { ...bareScript(port, control.port), channels: 7, headers: "X-Peer: %d\r\n" };
    const load = new LoadClient(loadOf(isC), script);
    try {
      await load.request("open 1 1");
      await load.request("chat 2 room %d, message %n, id %i, 100%");
      await expect.poll(() => received.length, PATIENCE).toBe(3);
      await expect.poll(() => load.count(), PATIENCE).toMatchObject({ frames: 4, sent: 3 });
      expect(received).toEqual([0, 1, 2].map((n) => `room 0, message ${n}, id 0.000000000000000${n}, 100%`));
      expect(headers).toContain("X-Peer|0");
    } finally {
      await load.close();
      httpServer.closeAllConnections();
      httpServer.close();
    }
  },
);

// A client that does not reply is closed after half a minute, and a round that waits for it never ends.
it.each([true, false])(
  "replies to the heartbeats of WebSocket and Engine.IO, and counts neither (C: %s)",
  PATIENCE,
  async (isC) => {
    const httpServer = createServer();
    const webSockets = new WebSocketServer({ server: httpServer });
    const connected = once(webSockets, "connection");
    const [port, control] = [await portOf(httpServer), await ControlSocket.listen()];
    const script = bareScript(port, control.port);
    const load = new LoadClient(loadOf(isC), script);
    try {
      await load.request("open 1 1");
      const [client] = (await connected) as [WebSocket];
      const [ponged, replied] = [once(client, "pong"), once(client, "message")];
      client.ping();
      client.send("2");
      await ponged;
      expect(String((await replied)[0])).toBe("3");
      expect((await load.count()).frames).toBe(0);
      client.send("22");
      await expect.poll(async () => (await load.count()).frames, PATIENCE).toBe(1);
    } finally {
      await load.close();
      httpServer.closeAllConnections();
      httpServer.close();
    }
  },
);

/** A WebSocket that is ready as soon as it is open. */
function bareScript(port: number, controlPort: number): LoadScript {
  return {
    port,
    controlPort,
    kind: "websocket",
    path: "/",
    protocol: "",
    headers: "",
    echo: "",
    channels: 1,
    steps: [],
  };
}
