import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { defineRealtimeChannel, type IRealtimeServer, type ServerFrame } from "@repo/core-realtime";
import { createRealtime } from "@repo/core-realtime/server";
import { z } from "zod";
import type { ChaosTransport } from "../chaos-transport";
import { TRANSPORTS } from "../transports";
import { CallChainReader, type Call } from "./call-chain";
import { filesOnPath } from "./files-on-path";

const WARM_UP = 5; // messages before the one that is measured: what happens once is not the path
const ROOT = pathToFileURL(new URL("../../../", import.meta.url).pathname).href;

const payload = z.object({ n: z.number() });
const counted = defineRealtimeChannel({
  name: "path.counted",
  scope: "public",
  payload,
  inbound: payload,
  history: { size: 10, ttlMs: 60_000 },
});

/** The files that one message passes over one transport; the handler and `deliver` are the last of each list. */
interface MessagePath {
  readonly transport: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
}

async function measure(transport: ChaosTransport): Promise<MessagePath> {
  const reader = new CallChainReader();
  const httpServer = createServer();
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  const path: { in: readonly string[]; out: readonly string[] } = { in: [], out: [] };
  realtime.registry.register(counted, ({ payload: { n } }) => {
    path.in = filesOnPath(reader.read(), { root: ROOT, isStart: isSocketRead });
    return { n };
  });
  const server = transport.serverOn(httpServer);
  const delivering = await reader.fileOf(server, "deliver");
  await realtime.serve(
    onDeliver(server, () => {
      path.out = filesOnPath(reader.read(), { root: ROOT, isStart: ({ name }) => name === broadcastOnce.name });
    }),
  );
  await once(httpServer.listen(0, "127.0.0.1"), "listening");
  const client = await connect(transport, (httpServer.address() as AddressInfo).port);
  const broadcastOnce = async (n: number) => realtime.broadcaster.broadcast(counted, { n });
  await client.request({ type: "subscribe", id: "s", channel: counted.name });
  for (let n = 0; n <= WARM_UP; n += 1) {
    await client.request({ type: "message", id: `m${n}`, channel: counted.name, payload: { n } });
    await broadcastOnce(n);
  }
  client.cut();
  await realtime.close({ drainMs: 1 });
  httpServer.closeAllConnections();
  httpServer.close();
  reader.close();
  if (path.in.length === 0 || path.out.length === 0) throw new Error(`No message was traced over ${transport.name}.`);
  return {
    transport: transport.name,
    in: [...path.in, "the handler"],
    out: [...new Set([...path.out, delivering.slice(ROOT.length)])],
  };
}

/** The same transport, which records each delivery. */
function onDeliver(server: IRealtimeServer, look: () => void): IRealtimeServer {
  return new Proxy(server, {
    get(original, member) {
      const value: unknown = Reflect.get(original, member, original);
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]) => {
        if (member === "deliver") look();
        return Reflect.apply(value, original, args) as unknown;
      };
    },
  });
}

/** Bytes that arrive: what calls a transport, whichever parser it uses. */
/** A read of the socket, or our subclass of the library's socket: the way in begins where it calls the transport's `onMessage`. */
function isSocketRead({ url }: Call): boolean {
  if (url.endsWith("/orderly-web-socket.ts")) return true;
  return url === "node:internal/stream_base_commons" || url === "node:_http_common";
}

/** A client that waits for each reply. */
async function connect(transport: ChaosTransport, port: number) {
  const waiting = new Map<string, () => void>();
  const take = (id: string) => waiting.get(id)?.();
  const link = transport.linksTo(
    port,
    "",
  )({
    onFrame: (frame: ServerFrame) => {
      if (frame.type === "connected") take("connected");
      if (frame.type === "reply") take(frame.id ?? "");
    },
    onClose: () => undefined,
  });
  const reply = (id: string) => new Promise<void>((resolve) => waiting.set(id, resolve));
  await reply("connected");
  return {
    cut: () => link.cut(),
    async request(frame: Parameters<typeof link.send>[0] & { readonly id: string }) {
      const replied = reply(frame.id);
      link.send(frame);
      await replied;
    },
  };
}

const paths: MessagePath[] = [];
for (const transport of TRANSPORTS.values()) paths.push(await measure(transport));
console.log(JSON.stringify(paths));
process.exit(0);
