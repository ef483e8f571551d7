// The bare mechanisms in a process of their own: a WebSocket and an HTTP server that send back what they receive.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { portOf } from "../server/port-of.js";
import { ServerTimes } from "./server-times.js";

const httpServer = createServer();
const times = new ServerTimes();
times.measure(httpServer);
httpServer.on("request", (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => response.setHeader("content-type", "application/json").end(Buffer.concat(chunks)));
});
new WebSocketServer({ server: httpServer, perMessageDeflate: false }).on("connection", (client) =>
  client.on("message", (data) => client.send(String(data))),
);
const port = await portOf(httpServer);
times.serve();
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
