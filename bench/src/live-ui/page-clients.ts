// Visitors of a page server, or of its echo, in a process of their own. Arguments: the port, and `bare` for the echo.
import { once } from "node:events";
import { Agent, request } from "node:http";
import { WebSocket } from "ws";
import { openPage, PageVisitor } from "./page-visitor.js";

/** A request of the parent: more connections, or events for a while. */
export type ClientsOrder =
  | { readonly kind: "connect"; readonly count: number }
  | { readonly kind: "events"; readonly over: "ws" | "http"; readonly perSecond: number; readonly ms: number };

/** Sends one event and resolves when its result has come. */
type Connection = () => Promise<void>;

const TOGETHER = 50;
const TICK_MS = 2;
const [portText = "", mode] = process.argv.slice(2);
const port = Number(portText);
const connections: Connection[] = [];
const post = mode === "bare" ? barePost() : await actionPost();
process.on("message", (order: ClientsOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit(0));
process.send?.({});

async function run(order: ClientsOrder): Promise<object> {
  if (order.kind === "connect") {
    for (const until = connections.length + order.count; connections.length < until;) {
      const count = Math.min(TOGETHER, until - connections.length);
      connections.push(
        ...(await Promise.all(Array.from({ length: count }, (_, at) => connect(connections.length + at)))),
      );
    }
    return {};
  }
  const { over, perSecond, ms } = order;
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; performance.now() - began < ms; await new Promise((resolve) => setTimeout(resolve, TICK_MS)))
    for (const due = ((performance.now() - began) / 1000) * perSecond; sent < due; sent += 1) {
      const send = over === "http" ? post : connections[(sent * 7919) % connections.length];
      const at = performance.now();
      if (send) under.push(send().then(() => void times.push(performance.now() - at)));
    }
  await Promise.all(under);
  return times;
}

async function connect(nth: number): Promise<Connection> {
  if (mode === "bare") return connectBare();
  const user = `user-${nth}`;
  const visitor = await PageVisitor.enter({ port, user }, await openPage({ port, path: "/stored", user }));
  const waiting = new Map<number, () => void>();
  visitor.onPatch = (ref) => waiting.get(ref)?.();
  return () => new Promise((resolve) => waiting.set(visitor.send("increase"), resolve));
}

/** An echo of as many bytes as an action has. */
async function connectBare(): Promise<Connection> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bare`, { perMessageDeflate: false });
  await once(socket, "open");
  return async () => {
    const echoed = once(socket, "message");
    socket.send("x".repeat(120));
    await echoed;
  };
}

async function actionPost(): Promise<Connection> {
  const user = "mia";
  const { token } = await openPage({ port, path: "/stateless", user });
  const headers = { authorization: `Bearer ${user}`, accept: "application/vnd.fourgate.live+json" };
  return poster("/stateless", headers, JSON.stringify({ k: token, r: 1, i: "event", a: "increase", v: {} }));
}

function barePost(): Connection {
  return poster("/bare", {}, JSON.stringify({ k: "x".repeat(180) }));
}

function poster(path: string, headers: Readonly<Record<string, string>>, body: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const options = { host: "127.0.0.1", port, path, agent, method: "POST" };
  return async () => {
    const sent = request({ ...options, headers: { ...headers, "content-type": "application/json" } });
    sent.end(body);
    const [response] = await once(sent, "response");
    if (response.statusCode !== 200) throw new Error(`${path} replied with ${response.statusCode}.`);
    response.resume();
    await once(response, "end");
  };
}
