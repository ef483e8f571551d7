import { createServer } from "node:http";
import { createRealtime, serveNode } from "fourgate/server";
import { createLivePages, html, live } from "fourgate/live-ui";
import { SseRealtimeServer } from "fourgate/sse";
import { WsRealtimeServer } from "fourgate/ws";
import { z } from "zod";

const counter = live("/counter", {
  state: z.object({ count: z.int().default(0) }),
  actions: {
    increment: { run: ({ state }) => void (state.count += 1) },
    add: {
      input: z.object({ by: z.coerce.number().int() }),
      run: ({ state, input }) => void (state.count += input.by),
    },
  },
  title: ({ state }) => `Counter: ${state.count}`,
  render: ({ state }) => html`
    <h1>Counter</h1>
    <output id="count">${state.count}</output>
    <form method="post" data-live-submit="increment"><button>+ 1</button></form>
    <form method="post" data-live-submit="add"><input name="by" value="10" /> <button>Add</button></form>
  `,
});

/** Serves the counter over HTTP, WebSocket and SSE on one port. `script` is the text of start.js. */
export async function startCounter({ port, secret, script }: { port: number; secret: string; script: string }) {
  const authenticator = { authenticate: () => null }; // everybody is anonymous here
  const pages = createLivePages({ pages: [counter], secrets: [secret], authenticator, scripts: ["/start.js"] });
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  pages.bind(realtime.registry);
  const sse = new SseRealtimeServer({ path: "/realtime" });
  const servePages = serveNode(pages.fetch);
  const httpServer = createServer((request, response) => {
    if (sse.isOwn(request)) sse.handleRequest(request, response);
    else if (request.url === "/start.js") response.setHeader("content-type", "text/javascript").end(script);
    else servePages(request, response);
  });
  await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
  await realtime.serve(sse);
  httpServer.listen(port);
  return {
    httpServer,
    async close() {
      pages.close();
      await realtime.close({ drainMs: 500 });
      httpServer.close();
    },
  };
}
