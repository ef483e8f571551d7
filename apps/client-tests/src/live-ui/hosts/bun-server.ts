// Runs in Bun: serves the site, and writes its port.
import { openHostSite } from "./host-site.js";

declare const Bun: {
  serve(options: {
    readonly port: number;
    readonly hostname: string;
    readonly idleTimeout: number;
    readonly fetch: (request: Request) => Promise<Response>;
  }): { readonly port: number };
};

const { pages, sse } = await openHostSite();
const { port } = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  idleTimeout: 60, // default 10 s, which is less than a stream of events may be silent
  fetch: (request) => (new URL(request.url).pathname === "/realtime" ? sse.fetch(request) : pages.fetch(request)),
});
console.log(port);
